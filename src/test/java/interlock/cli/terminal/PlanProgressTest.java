package interlock.cli.terminal;

import static interlock.model.ActionState.CANCELLED;
import static interlock.model.ActionState.FAILED;
import static interlock.model.ActionState.ONGOING;
import static interlock.model.ActionState.PENDING;
import static interlock.model.ActionState.SKIPPED;
import static interlock.model.ActionState.STANDBY;
import static interlock.model.ActionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.model.ActionState;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanProgressTest {
    @Test
    void aFailedPlanIsNotDone() {
        assertThat(progress(Map.of(SUCCEEDED, 86, FAILED, 1, CANCELLED, 114)).summary())
                .isEqualTo("86 of 201 succeeded, 1 failed, 114 cancelled");
    }

    @Test
    void actionsOfPathsThatWereNotActivatedDoNotCount() {
        assertThat(progress(Map.of(SUCCEEDED, 2, SKIPPED, 1, ONGOING, 3, PENDING, 4, STANDBY, 9))
                        .summary())
                .isEqualTo("2 of 10 succeeded, 1 skipped, 3 running");
    }

    @Test
    void aPlanThatWasRolledBackIsNotGreen() {
        var progress = new PlanProgress(new Counts(Map.of(SUCCEEDED, 8, FAILED, 1)), 4, 4);

        assertThat(progress.summary()).isEqualTo("0 of 5 succeeded, 4 reverted, 1 failed");
        assertThat(bar(progress)).isEqualTo("~~~~!");
    }

    @Test
    void theBarEndsWhereTheActionsEnd() {
        assertThat(bar(progress(Map.of(SUCCEEDED, 2, FAILED, 1, ONGOING, 1, PENDING, 1))))
                .isEqualTo("##!=-");
        assertThat(bar(progress(Map.of()))).isEqualTo("-----");
    }

    private static PlanProgress progress(Map<ActionState, Integer> counts) {
        return new PlanProgress(new Counts(counts), 0, 0);
    }

    private static String bar(PlanProgress progress) {
        return ProgressBar.of(progress, 5, new TerminalStyle(OptionalInt.empty(), false, false)).parts().stream()
                .map(Text.Part::text)
                .collect(Collectors.joining());
    }
}
