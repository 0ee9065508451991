package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.RetryPolicy;
import interlock.model.ActionState;
import interlock.model.Outcome;
import interlock.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    succeeded       | SUCCEEDED  | SUCCEEDED | SUCCEEDED
                    skipped         | SKIPPED    | SKIPPED   | SKIPPED
                    aborted         | CANCELLED  | CANCELLED | CANCELLED
                    failed          | after PT4S | FAILED    | FAILED
                    no use          | FAILED     | FAILED    | FAILED
                    lost            | FAILED     | CANCELLED | CANCELLED
                    lost repeatable | after PT0S | CANCELLED | CANCELLED
                    """)
    void whatBecomesOfAnAction(String outcome, String running, String replaced, String stopping) {
        assertThat(verdict(outcome, RetryPermission.RUNNING)).isEqualTo(running);
        assertThat(verdict(outcome, RetryPermission.REPLACED)).isEqualTo(replaced);
        assertThat(verdict(outcome, RetryPermission.STOPPING)).isEqualTo(stopping);
    }

    private static String verdict(String outcome, RetryPermission standing) {
        return switch (FailurePolicy.decide(claim(1), outcome(outcome), standing, () -> NOW, 0.5)) {
            case Verdict.End(ActionState state, String _) -> state.name();
            case Verdict.Retry(Instant notBefore, String _) -> "after " + Duration.between(NOW, notBefore);
        };
    }

    private static Outcome outcome(String word) {
        return switch (word) {
            case "succeeded" -> Outcome.succeeded();
            case "skipped" -> new Outcome.Skipped("");
            case "aborted" -> new Outcome.Aborted("");
            case "failed" -> new Outcome.Failed(Failure.retryable(""));
            case "no use" -> new Outcome.Failed(Failure.permanent(""));
            case "lost" -> new Outcome.Lost("", false);
            case "lost repeatable" -> new Outcome.Lost("", true);
            default -> throw new IllegalArgumentException(word);
        };
    }

    @Test
    void theLastFailureEndsTheAction() {
        assertThat(decide(claim(2), failed("no host"))).isEqualTo(failedFor("Action failed in execute: no host"));
    }

    @Test
    void aLostAttemptDoesNotCount() {
        assertThat(decide(claim(3), new Outcome.Lost("its applier was lost", true)))
                .isEqualTo(new Verdict.Retry(NOW, "its applier was lost"));
    }

    @Test
    void anActionThatMayNotBeRepeatedSaysThatNobodyKnows() {
        assertThat(decide(claim(0), new Outcome.Lost("its applier was lost", false)))
                .isEqualTo(failedFor("its applier was lost; its outcome is unknown, " + "and it may not be repeated"));
    }

    @Test
    void chanceMakesTheWaitLongerOrShorter() {
        Outcome failure = failed("busy");

        assertThat(FailurePolicy.decide(claim(0), failure, RetryPermission.RUNNING, () -> NOW, 0))
                .isEqualTo(new Verdict.Retry(NOW.plusSeconds(1), "busy"));
        assertThat(FailurePolicy.decide(claim(0), failure, RetryPermission.RUNNING, () -> NOW, 0.75))
                .isEqualTo(new Verdict.Retry(NOW.plusMillis(2_500), "busy"));
    }

    @Test
    void anAttemptThatWouldBeginAtTheDeadlineIsNone() {
        Verdict noTime = failedFor("Action failed in execute: busy; its deadline leaves no time for another attempt");

        assertThat(decide(due(Duration.ofSeconds(2)), failed("busy"))).isEqualTo(noTime);
        assertThat(decide(due(Duration.ofMillis(2_001)), failed("busy")))
                .isEqualTo(new Verdict.Retry(NOW.plusSeconds(2), "busy"));
    }

    @Test
    void theFailureOfARevertSaysSo() {
        assertThat(decide(ClaimBuilder.claim(NOW).revert().build(), failed("gone")))
                .isEqualTo(failedFor("Action failed in revert: gone"));
    }

    private static Verdict decide(Claim claim, Outcome outcome) {
        return FailurePolicy.decide(claim, outcome, RetryPermission.RUNNING, () -> NOW, 0.5);
    }

    private static Outcome failed(String message) {
        return new Outcome.Failed(Failure.retryable(message));
    }

    private static Verdict failedFor(String message) {
        return new Verdict.End(ActionState.FAILED, message);
    }

    private static Claim claim(int failures) {
        return retried().failed(failures).build();
    }

    private static Claim due(Duration left) {
        return retried().deadline(left).build();
    }

    private static ClaimBuilder retried() {
        return ClaimBuilder.claim(NOW).tried(new RetryPolicy(3, Duration.ofSeconds(2), 2, Duration.ofMinutes(1), 0.5));
    }
}
