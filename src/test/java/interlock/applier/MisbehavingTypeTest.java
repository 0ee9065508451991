package interlock.applier;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.LogCapture;
import interlock.api.ActionType;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One plan whose type breaks every rule, beside one that does nothing unusual. */
@ExtendWith(Neo4jServer.class)
class MisbehavingTypeTest {
    private static final String SECRET = "marker-8f2e-of-a-parameter";

    private final Misbehaving type = new Misbehaving();

    @AutoClose
    private final Rig rig = new Rig();

    @BeforeEach
    void installTheType() {
        rig.types.add(type);
    }

    /** Does what an action's {@code how} says; the marker is in everything that it throws. */
    private static final class Misbehaving implements ActionType {
        private boolean registered;

        @Override
        public String name() {
            if (registered) {
                throw new IllegalStateException(SECRET);
            }
            return "misbehaving";
        }

        @Override
        public String description() {
            return "Breaks rules.";
        }

        @Override
        public String parametersSchema() {
            return "{}";
        }

        @Override
        public boolean idempotent(Map<String, Object> inputParameters) {
            throw new StackOverflowError(SECRET);
        }

        @Override
        public boolean reconciles(Map<String, Object> inputParameters) {
            throw new NoClassDefFoundError(SECRET);
        }

        @Override
        public @Nullable List<ResourceUse> uses(Map<String, Object> inputParameters) {
            return null;
        }

        @Override
        public boolean abort(Execution execution) {
            throw new AssertionError(SECRET);
        }

        @Override
        public @Nullable Result execute(Execution execution) throws Exception {
            Object how = execution.inputParameters().get("how");
            switch (String.valueOf(how)) {
                case "returns null" -> {
                    return null;
                }
                case "fails with null" -> {
                    return Result.failed(null);
                }
                case "gives no message" -> {
                    return new Result.Succeeded(null);
                }
                case "says too much" -> {
                    return Result.failed(Failure.retryable("z".repeat(20_000_000)));
                }
                case "says halves" -> {
                    return Result.failed(Failure.retryable("\uD83D\u0000\uDE00"));
                }
                case "reports NaN" -> execution.updateProgress(Double.NaN);
                case "reports null" -> execution.addRequestId(null);
                case "reports too much" -> execution.addRequestId("r".repeat(20_000_000));
                case "reports halves" -> execution.addRequestId("\uD83D\u0000");
                case "overflows" -> overflow();
                case "does not link" -> throw new UnsatisfiedLinkError(SECRET);
                case "throws in its exception" ->
                    throw new Exception() {
                        @Override
                        public String getMessage() {
                            throw new IllegalStateException(SECRET);
                        }
                    };
                case "throws a long message" -> throw new Exception(SECRET.repeat(100_000));
                case "finds null" -> ((String) null).length();
                case "stops by itself" -> throw new InterruptedException();
                default -> throw new IllegalStateException(SECRET + how);
            }
            throw new Exception("nothing refused it");
        }

        private int overflow() {
            return overflow() + 1;
        }

        @Override
        public @Nullable Optional<Result> reconcile(Execution execution) {
            return null;
        }

        @Override
        public @Nullable Result revert(Execution execution) {
            return null;
        }
    }

    private static final List<String> WAYS = List.of(
            "returns null",
            "fails with null",
            "gives no message",
            "says too much",
            "says halves",
            "reports NaN",
            "reports null",
            "reports too much",
            "reports halves",
            "overflows",
            "does not link",
            "throws in its exception",
            "throws a long message",
            "finds null",
            "stops by itself",
            "throws");

    @Test
    void itFailsItsOwnActionsAndNoOther() {
        PlanBuilder bad = plan();
        for (String how : WAYS) {
            bad.action(how, "misbehaving", Map.of("how", how, "token", SECRET)).tried(2);
        }
        try (LogCapture logged = new LogCapture()) {
            UUID broken = rig.start(bad);
            UUID bystander = rig.start(plan().action("a").action("b", "a"));
            Applier applier = rig.applier(64);
            type.registered = true;

            rig.finish(bystander, applier);
            rig.finish(broken, applier);

            assertThat(rig.planState(bystander)).isEqualTo(PlanState.SUCCEEDED);
            assertThat(rig.planState(broken)).isEqualTo(PlanState.FAILED);
            for (String how : WAYS) {
                assertThat(rig.attempts(broken, how))
                        .as(how)
                        .hasSize(2)
                        .allMatch(attempt -> attempt.matches("(?s)[12] FAILED: .+"))
                        .allMatch(attempt -> attempt.length() < 10_200);
            }
            assertThat(rig.message(broken, "reports NaN"))
                    .isEqualTo("Action failed in execute: action type 'misbehaving' reported a progress of NaN;"
                            + " a number from 0 to 1 was expected");
            assertThat(rig.message(broken, "finds null"))
                    .startsWith("Action failed in execute: action type 'misbehaving' threw NullPointerException");
            assertThat(logged.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void itIsNotRepeatedWhenItsApplierIsLost() {
        UUID broken = rig.start(plan().action("a", "misbehaving", Map.of("how", "returns null", "token", SECRET)));
        try (LogCapture logged = new LogCapture()) {
            Applier other = rig.applier(1);
            rig.applier(1).step(true);
            type.registered = true;
            rig.started.clear();
            rig.clock.pass(Rig.LEASE.multipliedBy(2));

            rig.finish(broken, other);

            assertThat(rig.states(broken)).isEqualTo("a=FAILED");
            assertThat(logged.lines())
                    .noneMatch(line -> line.contains(SECRET))
                    .anyMatch(line -> line.contains("'misbehaving' does not answer whether it may be"));
        }
    }

    @Test
    void anAttemptThatCannotBeAbortedEndsByItself() {
        UUID broken = rig.start(plan().action("a", "misbehaving", Map.of("how", "returns null", "token", SECRET)));
        try (LogCapture logged = new LogCapture()) {
            Applier applier = rig.applier(1);
            type.registered = true;
            applier.step(true);
            Runnable attempt = rig.take("a");
            rig.control.cancel(broken, OptionalLong.empty());
            applier.step(true);
            rig.runStarted();

            attempt.run();
            rig.finish(broken, applier);

            assertThat(rig.planState(broken).ended()).isTrue();
            assertThat(logged.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }
}
