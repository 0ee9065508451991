package interlock.cli.terminal;

import interlock.model.ActionState;
import interlock.model.PlanState;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * The look of a state: a mark and a colour, because not everybody can tell colours apart. The page uses the same marks.
 *
 * @param symbol the mark
 * @param ascii the mark where only ASCII can be shown
 * @param colour the colour
 */
public record StateMark(String symbol, String ascii, Style colour) {
    /** An action that had succeeded and was reverted, and a plan that is or was rolled back. */
    public static final StateMark REVERTED = new StateMark("↺", "r", Style.fg_blue);

    /** A plan that goes on when a person resumes it. */
    private static final StateMark PAUSED = new StateMark("‖", "|", Style.fg_yellow);

    /** {@return the look of a plan, which may be paused or rolled back} */
    public static StateMark of(PlanState state, boolean paused, boolean rolledBack) {
        if (rolledBack) {
            return REVERTED;
        }
        return paused && !state.ended() ? PAUSED : of(state);
    }

    public static StateMark of(ActionState state) {
        return switch (state) {
            case PENDING -> new StateMark("○", "o", Style.faint);
            case ONGOING -> new StateMark("▶", ">", Style.fg_cyan);
            case SUCCEEDED -> new StateMark("✓", "+", Style.fg_green);
            case FAILED -> new StateMark("✗", "x", Style.fg_red);
            case SKIPPED -> new StateMark("↷", "-", Style.fg_yellow);
            case CANCELLED -> new StateMark("⊘", "/", Style.fg_magenta);
            case STANDBY -> new StateMark("◌", "?", Style.faint);
        };
    }

    public static StateMark of(PlanState state) {
        return switch (state) {
            case RECOMMENDED -> new StateMark("◇", ".", Style.faint);
            case PENDING -> of(ActionState.PENDING);
            case ONGOING -> of(ActionState.ONGOING);
            case SUCCEEDED -> of(ActionState.SUCCEEDED);
            case FAILED -> of(ActionState.FAILED);
            case CANCELLING, CANCELLED -> of(ActionState.CANCELLED);
            case SUPERSEDED -> new StateMark("↷", "-", Style.faint);
            case DELETED -> new StateMark("–", "_", Style.faint);
        };
    }

    public String shown(TerminalStyle look) {
        return look.drawing() ? symbol : ascii;
    }
}
