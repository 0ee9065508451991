package interlock.action;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInTypesTest {
    private static final Result NOTHING_TO_UNDO = Result.succeeded("There is nothing to undo.");

    @Test
    void sleepAndNopHaveNothingToUndo() {
        assertThat(new Sleep().revert(new Told(Map.of("duration", 3)))).isEqualTo(NOTHING_TO_UNDO);
        assertThat(new Nop().revert(new Told(Map.of()))).isEqualTo(NOTHING_TO_UNDO);
    }

    @Test
    void onlyASleepKnowsHowLongItTakes() {
        assertThat(new Sleep().estimate(Map.of("duration", 1.5))).contains(Duration.ofMillis(1500));
        assertThat(new Sleep().estimate(Map.of("duration", 60))).contains(Duration.ofMinutes(1));
        assertThat(new Sleep().estimate(Map.of())).isEmpty();
        assertThat(new Nop().estimate(Map.of())).isEmpty();
    }

    @Test
    void sleepNopAndHttpAreInterruptedToAbort() {
        assertThat(new Sleep().abort(new Told(Map.of("duration", 3)))).isTrue();
        assertThat(new Nop().abort(new Told(Map.of()))).isTrue();
        assertThat(new HttpCall().abort(new Told(Map.of("url", "http://nova/"))))
                .isTrue();
    }

    @Test
    void failFailsAsOftenAsItIsTold() {
        Map<String, Object> once = Map.of("times", 1, "message", "no host");

        assertThat(new Fail().execute(new Told(once, 0))).isEqualTo(Result.failed(Failure.retryable("no host")));
        assertThat(new Fail().execute(new Told(once, 1))).isEqualTo(Result.succeeded());
    }

    @Test
    void failCannotBeRevertedUnlessItsRevertIsToFail() throws Exception {
        assertThat(new Fail().revert(new Told(Map.of("times", 0))))
                .isEqualTo(Result.skipped("Action type 'fail' cannot be reverted."));
        assertThat(new Fail().revert(new Told(Map.of("times", 0, "fail_revert", true))))
                .isEqualTo(Result.failed(Failure.retryable("asked to fail")));
        assertThat(new Fail().revert(new Told(Map.of("fail_revert", true, "permanent", true, "message", "no way"))))
                .isEqualTo(Result.failed(Failure.permanent("no way")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail_pre_condition", "fail_execute", "fail_post_condition"})
    void nopFailsIfItIsTold(String how) {
        assertThat(new Nop().execute(new Told(Map.of(how, true, "message", "hello"))))
                .isEqualTo(Result.failed(Failure.retryable("requested by " + how)));
        assertThat(new Nop().execute(new Told(Map.of(how, false, "message", "hello"))))
                .isEqualTo(Result.succeeded("hello"));
    }

    @Test
    void nopIsSkippedIfItIsTold() {
        assertThat(new Nop().execute(new Told(Map.of("skip_pre_condition", true))))
                .isEqualTo(Result.skipped("Action was skipped automatically: requested by skip_pre_condition."));
    }
}
