package interlock.cli.terminal;

import interlock.model.ActionState;
import picocli.CommandLine.Help.Ansi.Style;

/** How far a plan is, as a bar: what went well, what did not, what runs, what is left. */
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

    /** {@return how far one action is} */
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
