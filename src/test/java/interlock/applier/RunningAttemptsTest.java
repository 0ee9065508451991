package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.HandClock;
import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.Outcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunningAttemptsTest {
    private final HandClock clock = new HandClock();
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final AtomicBoolean leaseOver = new AtomicBoolean();

    /** An action type with a given answer about repetition; it records its calls. */
    private class Answering implements ActionType {
        private final boolean idempotent;
        private final boolean reconciles;
        private final boolean revertIdempotent;

        Answering(boolean idempotent, boolean reconciles, boolean revertIdempotent) {
            this.idempotent = idempotent;
            this.reconciles = reconciles;
            this.revertIdempotent = revertIdempotent;
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String description() {
            return "Answers as the test says.";
        }

        @Override
        public String parametersSchema() {
            return "{}";
        }

        @Override
        public boolean idempotent(Map<String, Object> inputParameters) {
            return idempotent;
        }

        @Override
        public boolean reconciles(Map<String, Object> inputParameters) {
            return reconciles;
        }

        @Override
        public boolean revertIdempotent(Map<String, Object> inputParameters) {
            return revertIdempotent;
        }

        @Override
        public Result execute(Execution execution) {
            ran.add(execution.action().toString());
            return Result.succeeded();
        }

        @Override
        public boolean abort(Execution execution) {
            return true;
        }
    }

    @Test
    void anAttemptIsStoppedWhenItsTimeoutIsOver() {
        assertThat(endAfter("PT5S", claim().timeout(seconds(5)))).isEqualTo(timedOut());
        assertThat(endAfter("PT5S", claim().timeout(seconds(5)).deadline(seconds(9))))
                .isEqualTo(timedOut());
    }

    @Test
    void anAttemptIsStoppedWhenItsDeadlineHasPassed() {
        assertThat(endAfter("PT5S", claim().deadline(seconds(5)))).isEqualTo(tooLate());
        assertThat(endAfter("PT5S", claim().deadline(seconds(5)).timeout(seconds(9))))
                .isEqualTo(tooLate());
    }

    /** Checks that the attempt is not stopped a moment before. */
    private Outcome endAfter(String limit, ClaimBuilder claim) {
        RunningAttempts runs = runs(new Answering(true, false, true));
        runs.start(claim.build());

        assertThat(runs.untilOutOfTime(Duration.ofMinutes(1))).isEqualTo(Duration.parse(limit));
        clock.pass(Duration.parse(limit).minusNanos(1));
        runs.stopWhatIsOutOfTime();
        assertThat(runs.untilOutOfTime(Duration.ofMinutes(1))).isEqualTo(Duration.ofNanos(1));
        clock.pass(Duration.ofNanos(1));
        runs.stopWhatIsOutOfTime();
        assertThat(runs.untilOutOfTime(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));

        return theOnlyOutcome(runs);
    }

    @Test
    void anAttemptThatIsClaimedAfterItsDeadlineDoesNotBegin() {
        RunningAttempts runs = runs(new Answering(true, false, true));

        runs.start(claim().deadline(Duration.ZERO).build());

        assertThat(theOnlyOutcome(runs)).isEqualTo(new Outcome.Failed(Failure.permanent("its deadline has passed")));
        assertThat(ran).isEmpty();
    }

    @Test
    void withoutLimitsAnAttemptRunsAsLongAsItTakes() {
        RunningAttempts runs = runs(new Answering(true, false, true));
        runs.start(claim().build());

        clock.pass(Duration.ofDays(365));
        runs.stopWhatIsOutOfTime();

        assertThat(theOnlyOutcome(runs)).isEqualTo(Outcome.succeeded());
    }

    @Test
    void anAbortIsAskedForOnceOnAnotherThread() {
        RunningAttempts runs = runs(new Answering(true, false, true));
        Claim claim = claim().build();
        runs.start(claim);

        runs.abort(Attempt.of(claim), "the plan is cancelled");
        runs.abort(Attempt.of(claim), "the plan is cancelled");

        assertThat(started).hasSize(2);
        started.add(started.remove());
        assertThat(theOnlyOutcome(runs)).isEqualTo(new Outcome.Aborted("the plan is cancelled"));
    }

    @Test
    void whatDoesNotRunIsNotAborted() {
        RunningAttempts runs = runs(new Answering(true, false, true));

        runs.abort(Attempt.of(claim().build()), "the plan is cancelled");

        assertThat(started).isEmpty();
    }

    @Test
    void anActionOfATypeThatIsNotInstalledFails() {
        RunningAttempts runs = runs(new Answering(true, false, true));

        runs.start(claim().of("evacuate").build());

        assertThat(theOnlyOutcome(runs))
                .isEqualTo(
                        new Outcome.Failed(Failure.permanent("action type 'evacuate' is not installed on applier a1")));
        assertThat(runs.size()).isZero();
    }

    @Test
    void whatWasLostIsRepeatedIfItsTypeSaysThatItMayBe() {
        assertThat(repeatable(new Answering(true, false, false), claim())).isTrue();
        assertThat(repeatable(new Answering(false, true, false), claim())).isTrue();
        assertThat(repeatable(new Answering(false, false, true), claim())).isFalse();
        assertThat(repeatable(new Answering(true, true, true), claim().of("evacuate")))
                .isFalse();
    }

    @Test
    void aLostRevertIsRepeatedIfItsTypeSaysThatItMayBe() {
        assertThat(repeatable(new Answering(true, true, false), claim().revert()))
                .isFalse();
        assertThat(repeatable(new Answering(false, false, true), claim().revert()))
                .isTrue();
    }

    @Test
    void aTypeThatFailsToSayIsNotRepeated() {
        var silent = new Answering(true, true, true) {
            @Override
            public boolean idempotent(Map<String, Object> inputParameters) {
                throw new ClassCastException("not a string");
            }
        };

        assertThat(repeatable(silent, claim())).isFalse();
    }

    @Test
    @Timeout(60)
    void aTypeThatHangsWhenItIsAskedIsNotRepeatedAndNotAskedAgain() {
        var asked = new AtomicInteger();
        var hanging = new Answering(true, true, true) {
            @Override
            public boolean idempotent(Map<String, Object> inputParameters) {
                if (asked.incrementAndGet() > 1) {
                    awaitForever();
                }
                return true;
            }
        };
        PluginCalls calls = new PluginCalls(Thread::startVirtualThread);
        RunningAttempts runs = runs(hanging, new WorkerThreads(started::add, started::add, clock::pass, calls));

        for (int claims = 0; claims < 100; claims++) {
            assertThat(runs.lost(claim().build(), "its applier was lost"))
                    .isEqualTo(new Outcome.Lost("its applier was lost", false));
        }

        assertThat(asked).as("asked by the registry, and once after that").hasValue(2);
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAttemptThatCannotBeStartedHasFailedAndNoOther() {
        var threads = new Executor() {
            private int tasks;

            @Override
            public void execute(Runnable task) {
                if (tasks++ == 0) {
                    throw new RejectedExecutionException();
                }
                started.add(task);
            }
        };
        RunningAttempts runs = runs(new Answering(true, false, true), new WorkerThreads(threads, clock::pass));

        runs.start(claim().build());
        runs.start(claim().build());

        assertThat(runs.size()).isEqualTo(1);
        started.remove().run();
        runs.takeInbox();
        assertThat(runs.ended())
                .extracting(EndedAttempt::outcome)
                .containsExactly(
                        new Outcome.Failed(
                                Failure.retryable("applier a1 cannot start the attempt: RejectedExecutionException")),
                        Outcome.succeeded());
    }

    @Test
    void anAttemptThatCannotBeAskedToAbortIsAwaited() {
        var threads = new Executor() {
            @Override
            public void execute(Runnable task) {
                if (!(task instanceof AttemptTask)) {
                    throw new RejectedExecutionException();
                }
                started.add(task);
            }
        };
        RunningAttempts runs = runs(new Answering(true, false, true), new WorkerThreads(threads, clock::pass));
        Claim claim = claim().build();
        runs.start(claim);

        runs.abort(Attempt.of(claim), "the plan is cancelled");

        assertThat(theOnlyOutcome(runs)).isEqualTo(Outcome.succeeded());
    }

    @Test
    void attemptsOfPlugInsHaveOtherThreads() {
        Queue<Runnable> own = new ArrayDeque<>();
        RunningAttempts runs = new RunningAttempts(
                new ActionTypes(List.of(new Answering(true, false, true), (ActionType) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ActionType.class},
                        (_, method, _) -> switch (method.getReturnType().getName()) {
                            case "boolean" -> true;
                            case "java.lang.String" -> method.getName().equals("name") ? "foreign" : "{}";
                            case "java.util.Set" -> Set.of();
                            default -> Result.succeeded("foreign");
                        }))),
                new WorkerThreads(own::add, started::add, clock::pass, PluginCalls.direct()),
                clock,
                new Signal(),
                leaseOver::get);
        runs.start(claim().build());
        runs.start(claim().of("foreign").build());

        assertThat(own).hasSize(1);
        assertThat(theOnlyOutcome(runs)).isEqualTo(new Outcome.Succeeded("foreign"));
    }

    private boolean repeatable(ActionType type, ClaimBuilder claim) {
        return runs(type).lost(claim.build(), "its applier was lost") instanceof Outcome.Lost(String _, boolean again)
                && again;
    }

    @Test
    void whatOthersMayHaveTakenDoesNotBegin() {
        RunningAttempts runs = runs(new Answering(true, false, true));
        runs.start(claim().build());
        leaseOver.set(true);

        assertThat(theOnlyOutcome(runs)).isEqualTo(new Outcome.Lost("its applier's lease ran out", true));
        assertThat(ran).isEmpty();
    }

    @Test
    void whatDoesNotStopIsGivenUp() {
        RunningAttempts runs = runs(new Answering(false, false, false));
        runs.start(claim().build());

        runs.abandon("its applier was stopped");

        assertThat(runs.size()).isZero();
        assertThat(runs.ended())
                .extracting(EndedAttempt::outcome)
                .containsExactly(new Outcome.Lost("its applier was stopped", false));
    }

    private RunningAttempts runs(ActionType type) {
        return runs(type, new WorkerThreads(started::add, clock::pass));
    }

    private RunningAttempts runs(ActionType type, WorkerThreads workers) {
        return new RunningAttempts(new ActionTypes(List.of(type)), workers, clock, new Signal(), leaseOver::get);
    }

    private ClaimBuilder claim() {
        return ClaimBuilder.claim(clock.instant());
    }

    private Outcome theOnlyOutcome(RunningAttempts runs) {
        while (!started.isEmpty()) {
            started.remove().run();
        }
        runs.takeInbox();
        assertThat(runs.ended()).hasSize(1);
        return runs.ended().getFirst().outcome();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Outcome timedOut() {
        return new Outcome.Failed(Failure.inDoubt("timed out after PT5S"));
    }

    private static Outcome tooLate() {
        return new Outcome.Failed(new Failure("its deadline has passed", true, true));
    }
}
