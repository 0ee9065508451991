package interlock.cli;

import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.PlanProgress;
import interlock.cli.terminal.ProgressBar;
import interlock.cli.terminal.Screen;
import interlock.cli.terminal.StateMark;
import interlock.cli.terminal.Table;
import interlock.cli.terminal.TerminalStyle;
import interlock.cli.terminal.Text;
import interlock.model.ActionState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi.Style;

/** A progress bar, counts by state, and the running and failed actions, redrawn in place on a terminal. */
final class LiveDisplay implements Display {
    /** The time between two drawings; more frequent ones would not be visible. */
    private static final Duration PACE = Duration.ofMillis(100);

    /** The time between two measurements of the terminal, whose window may be resized. */
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private static final int WIDEST_BAR = 50;
    private static final int ACTIONS_SHOWN = 10;
    private static final int SHARE_BAR = 10;

    private static final String ESCAPE = "\u001b[";
    private static final String CLEAR_REST_OF_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";

    private final PrintWriter out;
    private final Supplier<Optional<Screen>> terminal;
    private final InstantSource clock;

    private Screen screen;
    private TerminalStyle style;
    private int linesDrawn;
    private Instant drawn = Instant.EPOCH;
    private Instant measured;

    /**
     * Creates a display for a terminal of a known size.
     *
     * @param terminal measures the terminal again
     */
    LiveDisplay(
            PrintWriter out,
            Screen screen,
            TerminalStyle style,
            Supplier<Optional<Screen>> terminal,
            InstantSource clock) {
        this.out = out;
        this.screen = screen;
        this.style = style;
        this.terminal = terminal;
        this.clock = clock;
        this.measured = clock.instant();
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

    @Override
    public boolean showsForecast() {
        return true;
    }

    /** Prints the message above the drawing. */
    @Override
    public void note(String text) {
        out.print(back() + CLEAR_BELOW);
        out.println(Table.printable(style.readable(text)));
        out.flush();
        linesDrawn = 0;
    }

    private void measure() {
        if (!drawn.isBefore(measured.plus(GLANCE))) {
            measured = drawn;
            terminal.get().ifPresent(now -> {
                screen = now;
                style = new TerminalStyle(OptionalInt.of(now.columns()), style.colours(), style.drawing());
            });
        }
    }

    private void draw(Progress progress) {
        drawn = clock.instant();
        measure();
        List<Text> lines = lines(progress, drawn);
        StringBuilder frame = new StringBuilder(back());
        // A line that reaches the edge makes some terminals start another line.
        lines.stream()
                .limit(Math.max(1, screen.rows() - 1))
                .map(line -> line.readable(style)
                        .clipped(Math.max(1, screen.columns() - 1), style)
                        .shown(style))
                .forEach(line -> frame.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(frame.append(CLEAR_BELOW));
        out.flush();
        linesDrawn = Math.min(lines.size(), Math.max(1, screen.rows() - 1));
    }

    private String back() {
        return linesDrawn == 0 ? "" : ESCAPE + linesDrawn + "F";
    }

    private List<Text> lines(Progress progress, Instant now) {
        List<Text> lines = new ArrayList<>();
        StateMark mark = StateMark.of(progress.state(), progress.paused(), progress.rolledBack());
        lines.add(Text.of(progress.title() + "  ", Style.bold)
                .plus(mark.shown(style) + " " + progress.shownState(), mark.colour())
                .plus(progress.startedAt()
                        .filter(_ -> !progress.state().ended())
                        .map(start -> "  " + Elapsed.between(start, now))
                        .orElse(""))
                .plus(
                        progress.expected()
                                .filter(_ -> !progress.state().ended())
                                .map(forecast -> "  " + forecast.arrival())
                                .orElse(""),
                        Style.faint));
        lines.add(bar(progress.counts()));
        lines.add(counts(progress.counts()));
        running(progress, now, lines);
        for (Progress.Failed failed : progress.failed()) {
            StateMark cross = StateMark.of(ActionState.FAILED);
            lines.add(Text.of(cross.shown(style) + " " + Table.printable(failed.id()), cross.colour())
                    .plus(failed.message().isBlank() ? "" : ": " + Table.printable(failed.message())));
        }
        progress.message().ifPresent(message -> lines.add(Text.of(message)));
        return lines;
    }

    private Text counts(PlanProgress progress) {
        Map<ActionState, Integer> others = new EnumMap<>(progress.counts().present());
        others.computeIfPresent(ActionState.SUCCEEDED, (_, _) -> progress.succeeded());
        Text text = count(Text.EMPTY, StateMark.REVERTED, progress.reverted(), "reverted");
        for (Map.Entry<ActionState, Integer> entry : others.entrySet()) {
            String state = entry.getKey().name().toLowerCase(Locale.ROOT);
            text = count(text, StateMark.of(entry.getKey()), entry.getValue(), state);
        }
        return text;
    }

    private Text count(Text before, StateMark mark, int number, String what) {
        return number == 0
                ? before
                : before.plus("%s %d %s".formatted(mark.shown(style), number, what), mark.colour())
                        .plus("  ");
    }

    private void running(Progress progress, Instant now, List<Text> lines) {
        int others = 3 + progress.failed().size() + (progress.message().isPresent() ? 1 : 0);
        int room = Math.clamp(screen.rows() - 2L - others, 1, ACTIONS_SHOWN);
        int all = progress.running().size();
        int shown = all > room ? room - 1 : all;
        int place = 0;
        for (Progress.Running action : progress.running()) {
            if (place == shown) {
                break;
            }
            place++;
            lines.add(Text.of(corner(place == all), Style.faint).plus(running(action, now)));
        }
        if (all > shown) {
            lines.add(
                    Text.of(corner(true), Style.faint).plus("and %d more running".formatted(all - shown), Style.faint));
        }
    }

    private String corner(boolean last) {
        if (!style.drawing()) {
            return "+- ";
        }
        return last ? "└─ " : "├─ ";
    }

    private Text running(Progress.Running action, Instant now) {
        StateMark mark = StateMark.of(ActionState.ONGOING);
        Text line = Text.of(mark.shown(style) + " ", mark.colour())
                .plus(Table.printable(action.id()))
                .plus("  " + Elapsed.between(action.since(), now), Style.faint);
        if (action.share() != null) {
            line = line.plus("  ")
                    .plus(ProgressBar.of(action.share(), SHARE_BAR, style))
                    .plus(" %d%%".formatted(Math.round(100 * action.share())), mark.colour());
        }
        return action.attempt() > 1 ? line.plus("  attempt %d".formatted(action.attempt()), Style.fg_yellow) : line;
    }

    private Text bar(PlanProgress progress) {
        String figures = "  %d of %d succeeded".formatted(progress.succeeded(), progress.total());
        int width = Math.clamp(screen.columns() - 1L - figures.length(), 0, WIDEST_BAR);
        return ProgressBar.of(progress, width, style).plus(figures);
    }
}
