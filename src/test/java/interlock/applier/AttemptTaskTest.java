package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.action.ActionType;
import interlock.action.Execution;
import interlock.action.Result;
import interlock.model.Failure;
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
import org.junit.jupiter.api.Test;

class AttemptTaskTest {
    private static final Outcome DONE = new Outcome.Succeeded("done");
    private static final Outcome ABORTED = new Outcome.Aborted("the plan is cancelled");

    private final List<Outcome> outcomes = new ArrayList<>();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final List<String> asked = new ArrayList<>();

    /** Notes what it is asked, does its work and cannot abort. A test says what is different. */
    private class Noting implements ActionType {
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
    private class Waiting extends Noting {
        @Override
        public Result execute(Execution execution) throws InterruptedException {
            working.countDown();
            mayEnd.await();
            return Result.succeeded("done");
        }
    }

    @Test
    void anAttemptThatIsInterruptedToAbortIsAborted() throws Exception {
        AttemptTask run = run(new Waiting() {
            @Override
            public boolean abort(Execution execution) {
                return true;
            }
        });
        Thread attempt = started(run);

        run.abort("the plan is cancelled");

        ended(attempt);
        assertThat(outcomes).containsExactly(ABORTED);
    }

    @Test
    void anAttemptThatCannotAbortIsAwaited() throws Exception {
        AttemptTask run = run(new Waiting());
        Thread attempt = started(run);

        run.abort("the plan is cancelled");
        mayEnd.countDown();

        ended(attempt);
        assertThat(outcomes).containsExactly(DONE);
    }

    @Test
    void anAttemptGoesOnWhenItsAbortFails() throws Exception {
        AttemptTask run = run(new Waiting() {
            @Override
            public boolean abort(Execution execution) {
                throw new IllegalStateException("nova is away");
            }
        });
        Thread attempt = started(run);

        run.abort("the plan is cancelled");
        mayEnd.countDown();

        ended(attempt);
        assertThat(outcomes).containsExactly(DONE);
    }

    @Test
    void anAttemptThatIsAbortedBeforeItBeginsDoesNotBegin() {
        AttemptTask run = run(new Abortable());

        run.abort("the plan is cancelled");
        run.run();

        assertThat(outcomes).containsExactly(ABORTED);
        assertThat(asked).isEmpty();
    }

    @Test
    void anAbortThatComesAfterTheEndChangesNothing() {
        AttemptTask run = run(new Abortable());

        run.run();
        run.abort("the plan is cancelled");

        assertThat(outcomes).containsExactly(DONE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void workThatIsDoneWhenTheAbortComesIsDone() {
        var runs = new ArrayList<AttemptTask>();
        AttemptTask run = run(new Abortable() {
            @Override
            public Result execute(Execution execution) {
                runs.getFirst().abort("the plan is cancelled");
                return Result.succeeded("done");
            }
        });
        runs.add(run);

        run.run();

        assertThat(outcomes).containsExactly(DONE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** Is interrupted to abort. */
    private class Abortable extends Noting {
        @Override
        public boolean abort(Execution execution) {
            return true;
        }
    }

    @Test
    void anAttemptIsAbortedOnce() {
        AttemptTask run = run(new Noting());

        assertThat(run.beginAbort()).isTrue();
        assertThat(run.beginAbort()).isFalse();
    }

    @Test
    void theFirstReasonToStopIsTheOneThatCounts() {
        AttemptTask run = run(new Noting());

        run.stop(ABORTED);
        run.stop(new Outcome.Lost("its applier was stopped", true));
        run.run();

        assertThat(outcomes).containsExactly(ABORTED);
    }

    @Test
    void anAttemptThatIsStoppedHasNoEndToWaitFor() {
        Instant end = Instant.EPOCH.plusSeconds(5);
        AttemptTask run = new AttemptTask(claim().build(), new Noting(), _ -> {}, Optional.of(end), (_, _) -> {});

        assertThat(run.end()).contains(end);
        run.stop(ABORTED);
        assertThat(run.end()).isEmpty();
    }

    @Test
    void onlyAfterAnInterruptionIsTheTypeAskedWhatHappened() {
        run(new Noting()).run();
        run(new Noting(), claim().failed(1)).run();

        assertThat(asked).containsExactly("execute", "execute");
    }

    @Test
    void whatIsFoundOutIsTheOutcome() {
        Result found = Result.succeeded("found to be done");
        AttemptTask run = run(
                new Noting() {
                    @Override
                    public Optional<Result> reconcile(Execution execution) {
                        return Optional.of(found);
                    }
                },
                claim().interrupted());

        run.run();

        assertThat(outcomes).containsExactly(new Outcome.Succeeded("found to be done"));
        assertThat(asked).isEmpty();
    }

    @Test
    void whatWasNotDoneIsDone() {
        run(new Noting(), claim().interrupted()).run();

        assertThat(outcomes).containsExactly(DONE);
        assertThat(asked).containsExactly("reconcile", "execute");
    }

    @Test
    void whatCannotBeFoundOutIsAFailureAndIsNotDone() {
        AttemptTask run = run(
                new Noting() {
                    @Override
                    public Optional<Result> reconcile(Execution execution) throws Exception {
                        throw new java.io.IOException("nova is away");
                    }
                },
                claim().interrupted());

        run.run();

        assertThat(outcomes).containsExactly(failed("nova is away"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aRevertRevertsAndDoesNothingElse() {
        run(new Noting(), claim().revert()).run();
        run(new Noting(), claim().revert().interrupted()).run();

        assertThat(outcomes).containsExactly(DONE, DONE);
        assertThat(asked).containsExactly("revert", "revert");
    }

    @Test
    void whateverATypeThrowsIsAFailureOfItsAction() {
        run(throwing(new IllegalStateException("no such host"))).run();
        run(throwing(new UnsupportedOperationException())).run();
        run(throwing(new NoClassDefFoundError("nova/Client"))).run();
        run(throwing(new java.util.ServiceConfigurationError("no provider"))).run();
        run(throwing(new NullPointerException("Cannot invoke \"String.length()\" because \"name\" is null")))
                .run();
        run(throwing(new StackOverflowError())).run();
        run(throwing(new InterruptedException())).run();

        assertThat(outcomes)
                .containsExactly(
                        failed("no such host"),
                        failed("action type 'scripted' threw UnsupportedOperationException without a message"),
                        failed("action type 'scripted' threw NoClassDefFoundError: nova/Client"),
                        failed("action type 'scripted' threw ServiceConfigurationError: no provider"),
                        failed("action type 'scripted' threw NullPointerException: "
                                + "Cannot invoke \"String.length()\" because \"name\" is null"),
                        failed("action type 'scripted' threw StackOverflowError without a message"),
                        failed("action type 'scripted' stopped as if it had been interrupted"));
    }

    private ActionType throwing(Throwable thrown) {
        return new Noting() {
            @Override
            public Result execute(Execution execution) throws Exception {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (Exception) thrown;
            }
        };
    }

    @Test
    void aTypeThatReturnsNullHasFailed() {
        ActionType type = new Noting() {
            @Override
            public @Nullable Result execute(Execution execution) {
                return null;
            }

            @Override
            public @Nullable Result revert(Execution execution) {
                return null;
            }

            @Override
            public @Nullable Optional<Result> reconcile(Execution execution) {
                return null;
            }
        };

        run(type).run();
        run(type, claim().revert()).run();
        run(type, claim().interrupted()).run();

        assertThat(outcomes)
                .containsExactly(returnedNull("execute"), returnedNull("revert"), returnedNull("reconcile"));
    }

    private static Outcome returnedNull(String method) {
        return failed(
                "action type 'scripted' returned null from its method %s; a result was expected".formatted(method));
    }

    private static Outcome failed(String message) {
        return new Outcome.Failed(Failure.retryable(message));
    }

    private static ClaimBuilder claim() {
        return ClaimBuilder.claim(Instant.EPOCH);
    }

    private AttemptTask run(ActionType type) {
        return run(type, claim());
    }

    private AttemptTask run(ActionType type, ClaimBuilder claim) {
        return new AttemptTask(claim.build(), type, _ -> {}, Optional.empty(), (_, outcome) -> outcomes.add(outcome));
    }

    private Thread started(AttemptTask run) throws InterruptedException {
        Thread attempt = Thread.ofVirtual().start(run);
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        return attempt;
    }

    private static void ended(Thread attempt) throws InterruptedException {
        assertThat(attempt.join(Duration.ofSeconds(30))).isTrue();
    }
}
