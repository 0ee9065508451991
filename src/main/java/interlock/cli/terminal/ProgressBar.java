package interlock.cli.terminal;

import interlock.model.ActionState;
import picocli.CommandLine.Help.Ansi.Style;

/** The progress of a plan as a bar: succeeded, reverted, skipped, failed, cancelled, running and remaining actions. */
public final class ProgressBar {
    private ProgressBar() {}

    public static Text of(PlanProgress progress, int width, TerminalStyle style) {
        Segments segments = new Segments(progress.total(), width, style);
        Counts counts = progress.counts();
        segments.add(progress.succeeded(), "█", "#", StateMark.of(ActionState.SUCCEEDED));
        segments.add(progress.reverted(), "▚", "~", StateMark.REVERTED);
        segments.add(counts.of(ActionState.SKIPPED), "█", "#", StateMark.of(ActionState.SKIPPED));
        segments.add(counts.of(ActionState.FAILED), "█", "!", StateMark.of(ActionState.FAILED));
        segments.add(counts.of(ActionState.CANCELLED), "▓", "!", StateMark.of(ActionState.CANCELLED));
        segments.add(counts.of(ActionState.ONGOING), "▒", "=", StateMark.of(ActionState.ONGOING));
        return segments.rest();
    }

    /** Pieces of a bar, one after the other; each ends where its share of all actions ends. */
    private static final class Segments {
        private final int total;
        private final int width;
        private final TerminalStyle style;
        private int actions;
        private int columns;
        private Text text = Text.EMPTY;

        Segments(int total, int width, TerminalStyle style) {
            this.total = Math.max(1, total);
            this.width = width;
            this.style = style;
        }

        void add(int count, String block, String ascii, StateMark mark) {
            actions += count;
            int end = (int) Math.min(width, (long) width * actions / total);
            text = text.plus((style.drawing() ? block : ascii).repeat(end - columns), mark.colour());
            columns = end;
        }

        Text rest() {
            return text.plus((style.drawing() ? "░" : "-").repeat(width - columns), Style.faint);
        }
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
}
