package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptTaskTest extends AttemptFixture {
    @Test
    void reconcileIsCalledOnlyAfterAnInterruption() {
        run(new Noting()).run();
        run(new Noting(), claim().failed(1)).run();

        assertThat(asked).containsExactly("execute", "execute");
    }

    @Test
    void theResultOfReconcileIsTheOutcome() {
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
    void anActionThatWasNotDoneIsExecuted() {
        run(new Noting(), claim().interrupted()).run();

        assertThat(outcomes).containsExactly(DONE);
        assertThat(asked).containsExactly("reconcile", "execute");
    }

    @Test
    void aFailedReconcileIsAFailureAndNothingIsExecuted() {
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
    void everythingThatATypeThrowsIsAFailureOfItsAction() {
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
}
