package interlock.cli;

import interlock.model.ActionState;
import interlock.model.PlanState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bar, counts by state and what runs, drawn again and again in the same place of a terminal. */
final class LiveDisplay implements Display {
    /** Between two drawings: more often, nobody sees. */
    private static final Duration PACE = Duration.ofMillis(100);

    private static final int WIDEST_BAR = 50;
    private static final int ACTIONS_SHOWN = 10;

    private static final String ESCAPE = "\u001b[";
    private static final String CLEAR_REST_OF_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";

    private final PrintWriter out;
    private final Look look;
    private final InstantSource clock;

    private int linesDrawn;
    private Instant drawn = Instant.EPOCH;

    /**
     * How the terminal is to be drawn on.
     *
     * @param width its columns
     * @param colours whether they are welcome
     * @param drawing whether there are characters for drawing
     */
    record Look(int width, boolean colours, boolean drawing) {}

    LiveDisplay(PrintWriter out, Look look, InstantSource clock) {
        this.out = out;
        this.look = look;
        this.clock = clock;
    }

    @Override
    public void began(Progress progress) {
        draw(progress);
    }

    @Override
    public void changed(PlanEvents.Event event, Progress progress) {
        waited(progress);
    }

    @Override
    public void waited(Progress progress) {
        if (!clock.instant().isBefore(drawn.plus(PACE))) {
            draw(progress);
        }
    }

    @Override
    public void ended(Progress progress) {
        draw(progress);
    }

    /** Stays above the drawing. */
    @Override
    public void note(String text) {
        out.print(back() + CLEAR_BELOW);
        out.println(text);
        out.flush();
        linesDrawn = 0;
    }

    private void draw(Progress progress) {
        drawn = clock.instant();
        List<String> lines = lines(progress, drawn);
        StringBuilder frame = new StringBuilder(back());
        lines.forEach(line -> frame.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(frame.append(CLEAR_BELOW));
        out.flush();
        linesDrawn = lines.size();
    }

    private String back() {
        return linesDrawn == 0 ? "" : ESCAPE + linesDrawn + "F";
    }

    private List<String> lines(Progress progress, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(line().add(progress.title() + "  ", "1")
                .add(progress.shownState(), colour(progress.state()))
                .add(progress.startedAt()
                        .filter(_ -> !progress.state().ended())
                        .map(start -> "  " + Elapsed.between(start, now))
                        .orElse(""))
                .text());
        lines.add(bar(progress.counts()));
        ColouredLine counts = line();
        progress.counts()
                .present()
                .forEach((state, count) ->
                        counts.add("%d %s  ".formatted(count, state.name().toLowerCase(Locale.ROOT)), colour(state)));
        lines.add(counts.text());
        progress.running().stream().limit(ACTIONS_SHOWN).forEach(action -> lines.add(running(action, now)));
        int more = progress.running().size() - ACTIONS_SHOWN;
        if (more > 0) {
            lines.add(line().add("  and %d more".formatted(more), "2").text());
        }
        progress.message().ifPresent(message -> lines.add(line().add(message).text()));
        return lines;
    }

    private String running(Progress.Running action, Instant now) {
        ColouredLine line = line().add(look.drawing() ? "  ▸ " : "  > ", colour(ActionState.ONGOING))
                .add(Table.printable(action.id()))
                .add("  " + Elapsed.between(action.since(), now), "2");
        if (action.share() != null) {
            line.add("  %d%%".formatted(Math.round(100 * action.share())), colour(ActionState.ONGOING));
        }
        return action.attempt() > 1
                ? line.add("  attempt %d".formatted(action.attempt()), "33").text()
                : line.text();
    }

    private String bar(Counts counts) {
        String figures = "  %s  %d%%".formatted(counts.progress(), 100L * counts.done() / Math.max(1, counts.total()));
        int width = Math.max(0, Math.min(WIDEST_BAR, look.width() - 1 - figures.length()));
        int good = columns(width, counts.of(ActionState.SUCCEEDED) + counts.of(ActionState.SKIPPED), counts);
        int done = columns(width, counts.done(), counts);
        int started = columns(width, counts.done() + counts.of(ActionState.ONGOING), counts);
        return line().add((look.drawing() ? "█" : "#").repeat(good), colour(ActionState.SUCCEEDED))
                .add((look.drawing() ? "█" : "!").repeat(done - good), colour(ActionState.FAILED))
                .add((look.drawing() ? "▒" : "=").repeat(started - done), colour(ActionState.ONGOING))
                .add((look.drawing() ? "░" : "-").repeat(width - started), "2")
                .add(figures)
                .text();
    }

    private static int columns(int width, int actions, Counts counts) {
        return (int) ((long) width * actions / Math.max(1, counts.total()));
    }

    private static String colour(ActionState state) {
        return switch (state) {
            case SUCCEEDED -> "32";
            case ONGOING -> "36";
            case FAILED -> "31";
            case SKIPPED -> "33";
            case CANCELLED -> "35";
            case PENDING, STANDBY -> "2";
        };
    }

    private static String colour(PlanState state) {
        return switch (state) {
            case SUCCEEDED -> "32";
            case ONGOING -> "36";
            case FAILED -> "31";
            case CANCELLING, CANCELLED -> "35";
            case RECOMMENDED, PENDING, SUPERSEDED, DELETED -> "2";
        };
    }

    private ColouredLine line() {
        return new ColouredLine(look);
    }

    /** A line that ends before the edge of the terminal: one that went on would spoil the next drawing. */
    private static final class ColouredLine {
        private final StringBuilder text = new StringBuilder();
        private final boolean colours;
        private int left;

        ColouredLine(Look look) {
            this.colours = look.colours();
            this.left = Math.max(0, look.width() - 1);
        }

        ColouredLine add(String part) {
            int length = part.codePointCount(0, part.length());
            text.append(part, 0, part.offsetByCodePoints(0, Math.min(left, length)));
            left -= Math.min(left, length);
            return this;
        }

        ColouredLine add(String part, String colour) {
            if (!colours || part.isEmpty()) {
                return add(part);
            }
            text.append(ESCAPE).append(colour).append('m');
            add(part);
            text.append(ESCAPE).append("0m");
            return this;
        }

        String text() {
            return text.toString();
        }
    }
}
