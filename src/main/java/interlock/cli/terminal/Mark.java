package interlock.cli.terminal;

import interlock.model.ActionState;
import interlock.model.PlanState;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * How a state looks: always by a mark and by a colour, since not everybody tells colours apart. The page has the same marks.
 *
 * @param symbol the mark
 * @param ascii the mark where there is ASCII only
 * @param colour the colour
 */
public record Mark(String symbol, String ascii, Style colour) {
    public static Mark of(ActionState state) {
        return switch (state) {
            case PENDING -> new Mark("○", "o", Style.faint);
            case ONGOING -> new Mark("▶", ">", Style.fg_cyan);
            case SUCCEEDED -> new Mark("✓", "+", Style.fg_green);
            case FAILED -> new Mark("✗", "x", Style.fg_red);
            case SKIPPED -> new Mark("↷", "-", Style.fg_yellow);
            case CANCELLED -> new Mark("⊘", "/", Style.fg_magenta);
            case STANDBY -> new Mark("◌", "?", Style.faint);
        };
    }

    public static Mark of(PlanState state) {
        return switch (state) {
            case RECOMMENDED -> new Mark("◇", ".", Style.faint);
            case PENDING -> of(ActionState.PENDING);
            case ONGOING -> of(ActionState.ONGOING);
            case SUCCEEDED -> of(ActionState.SUCCEEDED);
            case FAILED -> of(ActionState.FAILED);
            case CANCELLING, CANCELLED -> of(ActionState.CANCELLED);
            case SUPERSEDED -> new Mark("↷", "-", Style.faint);
            case DELETED -> new Mark("–", "_", Style.faint);
        };
    }

    public String shown(Look look) {
        return look.drawing() ? symbol : ascii;
    }
}
