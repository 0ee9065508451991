package interlock.cli.terminal;

import interlock.model.ActionState;
import picocli.CommandLine.Help.Ansi.Style;

/** How far a plan is, as a bar: what went well, what did not, what runs, what is left. */
public final class ProgressBar {
    private ProgressBar() {}

    public static Text of(Counts counts, int width, Look look) {
        int good = columns(width, counts.of(ActionState.SUCCEEDED) + counts.of(ActionState.SKIPPED), counts);
        int done = columns(width, counts.done(), counts);
        int started = columns(width, counts.done() + counts.of(ActionState.ONGOING), counts);
        return Text.EMPTY
                .plus(
                        (look.drawing() ? "█" : "#").repeat(good),
                        Mark.of(ActionState.SUCCEEDED).colour())
                .plus(
                        (look.drawing() ? "█" : "!").repeat(done - good),
                        Mark.of(ActionState.FAILED).colour())
                .plus(
                        (look.drawing() ? "▒" : "=").repeat(started - done),
                        Mark.of(ActionState.ONGOING).colour())
                .plus((look.drawing() ? "░" : "-").repeat(width - started), Style.faint);
    }

    /** {@return how far one action is} */
    public static Text of(double share, int width, Look look) {
        int done = (int) Math.round(width * Math.clamp(share, 0, 1));
        return Text.EMPTY
                .plus(
                        (look.drawing() ? "█" : "#").repeat(done),
                        Mark.of(ActionState.ONGOING).colour())
                .plus((look.drawing() ? "░" : "-").repeat(width - done), Style.faint);
    }

    private static int columns(int width, int actions, Counts counts) {
        return (int) ((long) width * actions / Math.max(1, counts.total()));
    }
}
