package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The fixture of tests of a single attempt: action types that record their calls, the attempt, and its outcomes. */
abstract class AttemptFixture {
    static final Outcome DONE = new Outcome.Succeeded("done");
    static final Outcome ABORTED = new Outcome.Aborted("the plan is cancelled");

    final List<Outcome> outcomes = new ArrayList<>();
    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch mayEnd = new CountDownLatch(1);
    final List<String> asked = new ArrayList<>();

    /** Notes what it is asked, does its work and cannot abort. A test says what is different. */
    class Noting implements ActionType {
        @Override
        public String name() {
            return "noting";
        }

        @Override
        public String description() {
            return "Notes what it is asked.";
        }

        @Override
        public String parametersSchema() {
            return "{}";
        }

        @Override
        public boolean idempotent(Map<String, Object> inputParameters) {
            return false;
        }

        @Override
        public @Nullable Result execute(Execution execution) throws Exception {
            asked.add("execute");
            return Result.succeeded("done");
        }

        @Override
        public Result revert(Execution execution) {
            asked.add("revert");
            return Result.succeeded("done");
        }

        @Override
        public Optional<Result> reconcile(Execution execution) throws Exception {
            asked.add("reconcile");
            return Optional.empty();
        }
    }

    /** Works until the test lets it end. */
    class Waiting extends Noting {
        @Override
        public Result execute(Execution execution) throws InterruptedException {
            working.countDown();
            mayEnd.await();
            return Result.succeeded("done");
        }
    }

    /** The claim of the attempt. */
    interface Reports {
        void to(Execution execution) throws InterruptedException;
    }

    ActionType reporting(Reports reports) {
        return new Noting() {
            @Override
            public Result execute(Execution execution) throws InterruptedException {
                reports.to(execution);
                return Result.succeeded("done");
            }
        };
    }

    static Outcome failed(String message) {
        return new Outcome.Failed(Failure.retryable(message));
    }

    static ClaimBuilder claim() {
        return ClaimBuilder.claim(Instant.EPOCH);
    }

    AttemptTask run(ActionType type) {
        return run(type, claim());
    }

    AttemptTask run(ActionType type, ClaimBuilder claim) {
        return new AttemptTask(
                claim.build(), type, _ -> {}, Optional.empty(), Optional::empty, (_, outcome) -> outcomes.add(outcome));
    }

    Thread started(AttemptTask run) throws InterruptedException {
        Thread attempt = Thread.ofVirtual().start(run);
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        return attempt;
    }

    static void ended(Thread attempt) throws InterruptedException {
        assertThat(attempt.join(Duration.ofSeconds(30))).isTrue();
    }
}
