package interlock.cli.terminal;

import interlock.model.ActionState;
import picocli.CommandLine.Help.Ansi.Style;

/** The progress of a plan as a bar: succeeded, failed, running and remaining actions. */
public final class ProgressBar {
    private ProgressBar() {}

    public static Text of(Counts counts, int width, TerminalStyle style) {
        int good = columns(width, counts.of(ActionState.SUCCEEDED) + counts.of(ActionState.SKIPPED), counts);
        int done = columns(width, counts.done(), counts);
        int started = columns(width, counts.done() + counts.of(ActionState.ONGOING), counts);
        return Text.EMPTY
                .plus(
                        (style.drawing() ? "█" : "#").repeat(good),
                        StateMark.of(ActionState.SUCCEEDED).colour())
                .plus(
                        (style.drawing() ? "█" : "!").repeat(done - good),
                        StateMark.of(ActionState.FAILED).colour())
                .plus(
                        (style.drawing() ? "▒" : "=").repeat(started - done),
                        StateMark.of(ActionState.ONGOING).colour())
                .plus((style.drawing() ? "░" : "-").repeat(width - started), Style.faint);
    }

    /** {@return the progress of one action as a bar} */
    public static Text of(double share, int width, TerminalStyle style) {
        int done = (int) Math.round(width * Math.clamp(share, 0, 1));
        return Text.EMPTY
                .plus(
                        (style.drawing() ? "█" : "#").repeat(done),
                        StateMark.of(ActionState.ONGOING).colour())
                .plus((style.drawing() ? "░" : "-").repeat(width - done), Style.faint);
    }

    private static int columns(int width, int actions, Counts counts) {
        return (int) ((long) width * actions / Math.max(1, counts.total()));
    }
}
