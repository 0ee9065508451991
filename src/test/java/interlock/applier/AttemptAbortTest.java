package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Execution;
import interlock.api.Result;
import interlock.model.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Attempts that are aborted or stopped. */
class AttemptAbortTest extends AttemptFixture {
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

        runsToItsEndThoughAborted(run);
    }

    @Test
    void anAttemptGoesOnWhenItsAbortFails() throws Exception {
        AttemptTask run = run(new Waiting() {
            @Override
            public boolean abort(Execution execution) {
                throw new IllegalStateException("nova is away");
            }
        });

        runsToItsEndThoughAborted(run);
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

    /** Is interrupted to abort. */
    private class Abortable extends Noting {
        @Override
        public boolean abort(Execution execution) {
            return true;
        }
    }

    private void runsToItsEndThoughAborted(AttemptTask run) throws Exception {
        Thread attempt = started(run);

        run.abort("the plan is cancelled");
        mayEnd.countDown();

        ended(attempt);
        assertThat(outcomes).containsExactly(DONE);
    }
}
