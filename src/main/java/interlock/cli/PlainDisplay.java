package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Prints a line for each change of state: for files, pipes and terminals without cursor control. */
final class PlainDisplay implements Display {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final PrintWriter out;
    private final PrintWriter err;
    private String shown = "";

    PlainDisplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void began(Progress progress) {
        shown = progress.shownState();
        out.println("%s (%s) is %s, %s"
                .formatted(
                        progress.title(),
                        progress.shortId(),
                        progress.shownState(),
                        progress.counts().summary()));
        out.flush();
    }

    @Override
    public void changed(PlanEvents.Event event, Progress progress) {
        ApiAnswers.Change change = event.change();
        for (ApiAnswers.ActionChange action : change.actions()) {
            if (action.progress() != null) {
                continue; // one line per progress report would be too many
            }
            String attempt = action.attempt() > 1 ? " (attempt %d)".formatted(action.attempt()) : "";
            String message = Optional.ofNullable(action.statusMessage())
                    .map(text -> ": " + Table.printable(text))
                    .orElse("");
            String asked = action.aborting() ? " is aborting" : "";
            line(
                    change.at(),
                    progress,
                    action.state().name(),
                    Table.printable(action.id()) + attempt + asked + message);
        }
        if (!shown.equals(progress.shownState())) {
            shown = progress.shownState();
            line(change.at(), progress, shown, "the plan " + progress.title());
        }
        out.flush();
    }

    private void line(Instant at, Progress progress, String state, String what) {
        String done = "%d/%d"
                .formatted(progress.counts().succeeded(), progress.counts().total());
        int width = 2 * String.valueOf(progress.counts().total()).length() + 1;
        out.println("%s  %s  %-9s  %s"
                .formatted(TIME.format(at), " ".repeat(Math.max(0, width - done.length())) + done, state, what));
    }

    @Override
    public void note(String text) {
        err.println("interlock: " + text);
        err.flush();
    }
}
