package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        AttemptTask run = new AttemptTask(
                claim().build(), new Noting(), _ -> {}, Optional.of(end), Optional::empty, (_, _) -> {});

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
                        failed("action type 'scripted' threw InterruptedException without being interrupted"));
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

    @Test
    void anErrorOfTheMachineIsThrownOnAfterTheOutcomeWasNoted() {
        AttemptTask run = run(throwing(new OutOfMemoryError("Java heap space")));

        assertThatThrownBy(run::run).isInstanceOf(OutOfMemoryError.class);

        assertThat(outcomes)
                .containsExactly(new Outcome.Failed(
                        Failure.inDoubt("action type 'scripted' threw OutOfMemoryError: Java heap space")));
    }

    @Test
    void anExceptionNeedNotHaveAMessageThatCanBeRead() {
        run(throwing(new IllegalStateException() {
                    @Override
                    public String getMessage() {
                        throw new UnsupportedOperationException();
                    }
                }))
                .run();
        run(throwing(new IllegalStateException("x".repeat(3_000_000)))).run();
        run(throwing(new IllegalStateException("half \uD83D of a character, \u0000 and \u001B[31m")))
                .run();

        assertThat(outcomes)
                .extracting(Outcome::message)
                .satisfiesExactly(
                        message -> assertThat(message).endsWith("whose message cannot be read"),
                        message -> assertThat(message)
                                .startsWith("xxx")
                                .endsWith("xxx… (cut after 10,000 of 3,000,000 characters)")
                                .hasSizeLessThan(10_100),
                        message -> assertThat(message).isEqualTo("half \uFFFD of a character, \uFFFD and \uFFFD[31m"));
    }

    @Test
    void messagesOfResultsAreMadeFitToBeStored() {
        run(answering(Result.succeeded("y".repeat(1_000_000)))).run();
        run(answering(Result.skipped("\uDC00\uD83D\uDE00"))).run();
        run(answering(Result.failed(Failure.permanent(" \u0007\n")))).run();
        run(answering(Result.failed(new Failure("  ", true)))).run();
        run(answering(Result.succeeded(null))).run();

        assertThat(outcomes)
                .extracting(Outcome::message)
                .satisfiesExactly(
                        message -> assertThat(message).endsWith("(cut after 10,000 of 1,000,000 characters)"),
                        message -> assertThat(message).isEqualTo("\uFFFD\uD83D\uDE00"),
                        message -> assertThat(message).isEqualTo(" \uFFFD\n"),
                        message -> assertThat(message).isEqualTo("action type 'scripted' gave no reason"),
                        message -> assertThat(message).isEmpty());
    }

    @Test
    void aResultThatIsNoneCannotBeMade() {
        assertThatThrownBy(() -> new Result.Succeeded(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Result.Skipped(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Result.failed(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Failure(null, true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Failure.retryable(null).message()).isEqualTo("no reason was given");
    }

    private ActionType answering(Result result) {
        return new Noting() {
            @Override
            public Result execute(Execution execution) {
                return result;
            }
        };
    }

    @Test
    void aWrongReportIsRefusedWhereItIsMadeAndFailsTheAction() {
        for (double progress : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            run(reporting(execution -> execution.updateProgress(progress))).run();
        }
        run(reporting(execution -> execution.addRequestId(null))).run();
        run(reporting(execution -> execution.addRequestId(" "))).run();
        run(reporting(execution -> execution.addRequestId("x".repeat(1_000_000))))
                .run();
        run(reporting(execution -> execution.sleep(null))).run();

        assertThat(outcomes)
                .containsExactly(
                        failed("action type 'scripted' reported a progress of NaN; a number from 0 to 1 was expected"),
                        failed("action type 'scripted' reported a progress of Infinity;"
                                + " a number from 0 to 1 was expected"),
                        failed("action type 'scripted' reported a progress of -Infinity;"
                                + " a number from 0 to 1 was expected"),
                        failed("action type 'scripted' reported null as a request id; a text was expected"),
                        failed("action type 'scripted' reported an empty request id; a text was expected"),
                        failed("action type 'scripted' reported a request id of 1,000,000 characters;"
                                + " at most 255 were expected"),
                        failed("action type 'scripted' asked to sleep for null; a duration was expected"));
    }

    @Test
    void whatIsReportedIsKeptAsItCanBeStored() {
        AttemptTask run = run(reporting(execution -> {
            execution.updateProgress(7);
            for (int id = 0; id < 1_000; id++) {
                execution.addRequestId("req-\uD83D" + id);
            }
        }));

        run.run();

        ProgressReport report = run.news().orElseThrow();
        assertThat(report.progress()).hasValue(1);
        assertThat(report.requestIds())
                .hasSize(AttemptExecution.MOST_REQUEST_IDS)
                .startsWith("req-\uFFFD800")
                .endsWith("req-\uFFFD999");
        assertThat(run.news()).isEmpty();
    }

    @Test
    void whatIsReportedAfterTheEndIsIgnored() {
        var kept = new ArrayList<Execution>();
        AttemptTask run = run(reporting(kept::add));

        run.run();
        kept.getFirst().updateProgress(0.5);
        kept.getFirst().addRequestId("req-late");

        assertThat(run.news()).isEmpty();
        assertThat(outcomes).containsExactly(DONE);
    }

    /** What an attempt is told of itself. */
    private interface Reports {
        void to(Execution execution) throws InterruptedException;
    }

    private ActionType reporting(Reports reports) {
        return new Noting() {
            @Override
            public Result execute(Execution execution) throws InterruptedException {
                reports.to(execution);
                return Result.succeeded("done");
            }
        };
    }

    @Test
    void aTypeThatLocksItsExecutionHoldsUpNobody() throws Exception {
        AttemptTask run = run(new Waiting() {
            @Override
            public Result execute(Execution execution) throws InterruptedException {
                synchronized (execution) {
                    return super.execute(execution);
                }
            }
        });
        Thread attempt = started(run);

        assertThat(run.news()).isEmpty();
        assertThat(run.end()).isEmpty();
        run.stop(ABORTED);

        ended(attempt);
        assertThat(outcomes).containsExactly(ABORTED);
    }

    @Test
    void aTypeThatSwallowsItsInterruptIsAwaited() throws Exception {
        AttemptTask run = run(new Waiting() {
            @Override
            public Result execute(Execution execution) throws InterruptedException {
                try {
                    return super.execute(execution);
                } catch (InterruptedException _) {
                    mayEnd.await();
                    return Result.succeeded("done");
                }
            }
        });
        Thread attempt = started(run);

        run.stop(ABORTED);
        mayEnd.countDown();

        ended(attempt);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void anAttemptThatIsAbortedAndStopsByItselfSaysHowFarItCame() {
        var runs = new ArrayList<AttemptTask>();
        AttemptTask run = run(reporting(_ -> {
            runs.getFirst().abort("the plan is cancelled");
            throw new InterruptedException("the move was cancelled, the instance has stayed");
        }));
        runs.add(run);

        run.run();

        assertThat(outcomes).containsExactly(new Outcome.Aborted("the move was cancelled, the instance has stayed"));
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
        return new AttemptTask(
                claim.build(), type, _ -> {}, Optional.empty(), Optional::empty, (_, outcome) -> outcomes.add(outcome));
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
