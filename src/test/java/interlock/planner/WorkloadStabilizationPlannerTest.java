package interlock.planner;

import static interlock.planner.Planned.action;
import static interlock.planner.Planned.after;
import static interlock.planner.Planned.migrate;
import static interlock.planner.Planned.refusal;
import static interlock.planner.Planned.resize;
import static interlock.planner.Planned.service;
import static interlock.planner.Planned.suspend;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadStabilizationPlannerTest {
    private static final String SAYS = "the planner 'workload_stabilization' ";

    private final Planner stabilization = new WorkloadStabilizationPlanner();
    private final PlannerOptions hosts = options(Map.of(), Map.of("A", "server1", "B", "server1", "C", "server2"));

    @Test
    void aHostIsSuspendedAfterItsResizesAndTheMigrationsThatNoneOfThemWaitedFor() {
        var planned = plan(
                hosts,
                migrate("A", "server1"),
                resize("A"),
                migrate("B", "server1"),
                migrate("C", "server2"),
                suspend("server1"));

        assertThat(planned).isEqualTo(new Planned(List.of(0, 2, 3, 1, 4), List.of("0-1", "1-4", "2-4")));
    }

    @Test
    void theHeavierAreStoredFirstAndEqualsInTheirOrder() {
        var planned = plan(
                hosts,
                migrate("A", "server1"),
                action("sleep", "duration", 1),
                service("server1", "disabled"),
                action("nop", "message", "x"),
                migrate("B", "server1"),
                service("server2", "disabled"));

        assertThat(planned).isEqualTo(new Planned(List.of(3, 2, 5, 1, 0, 4), List.of()));
    }

    @Test
    void whatIsPlannedBeforeItsCauseDoesNotWaitForIt() {
        var suspendFirst =
                options(Map.of("turn_host_to_acpi_s3_state", 9, "resize", 8, "migrate", 2), hosts.instanceHosts());

        var planned = plan(suspendFirst, migrate("A", "server1"), resize("A"), suspend("server1"));

        assertThat(planned).isEqualTo(new Planned(List.of(2, 1, 0), List.of()));
    }

    @Test
    void aResizeWaitsForWhateverWasNotedUnderItsInstance() {
        var planned = plan(
                options(Map.of(), Map.of("A", "A")),
                service("A", "disabled"),
                migrate("B", "A"),
                resize("A"),
                action("resize", "resource_id", "A", "flavor", "x2"));

        assertThat(planned.edges()).containsExactly("0-2", "0-3", "1-2", "1-3", "2-3");
    }

    @Test
    void aMigrationFromNowhereIsOnNoHost() {
        var planned = plan(
                hosts, action("migrate", "resource_id", "A", "source_node", null), suspend("server1"), resize("A"));

        assertThat(planned.edges()).containsExactly("0-2", "2-1");
    }

    @Test
    void allThatCannotBePlannedIsNamed() {
        assertThat(refusal(
                        stabilization,
                        options(
                                Map.of(
                                        "volume_migrate", 6,
                                        "migrate", 5,
                                        "resize", 4,
                                        "change_nova_service_state", 3,
                                        "turn_host_to_acpi_s3_state", 2),
                                Map.of()),
                        action("volume_migrate", "resource_id", "v"),
                        action("migrate", "resource_id", "A"),
                        resize("A"),
                        action("change_nova_service_state", "state", "disabled"),
                        action("turn_host_to_acpi_s3_state"),
                        action("resize"),
                        action("migrate", "resource_id", List.of(), "source_node", Map.of())))
                .containsExactly(
                        "actions[0].action_type: " + SAYS + "does not support 'volume_migrate'; it supports: "
                                + "change_nova_service_state, migrate, nop, resize, sleep, turn_host_to_acpi_s3_state",
                        "actions[1].input_parameters.source_node: is missing",
                        "actions[2].input_parameters.resource_id: the host of the instance 'A' is unknown; "
                                + "set it in planner_options.instance_hosts",
                        "actions[3].input_parameters.resource_id: is missing",
                        "actions[4].input_parameters.resource_id: is missing",
                        "actions[5].input_parameters.resource_id: is missing",
                        "actions[6].input_parameters.resource_id: is not a valid name",
                        "actions[6].input_parameters.source_node: is not the name of a host");
    }

    @Test
    void parentsGivenByHandAreKept() {
        assertThat(plan(hosts, migrate("A", "server1"), after(action("sleep", "duration", 1), List.of(0)))
                        .edges())
                .containsExactly("0-1");
    }

    @Test
    void whateverIsPlannedHasNoCycleAndKeepsItsOrder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<IntFunction<PlannedAction>> kinds = List.of(
                    number -> migrate("ABC".substring(number % 3, number % 3 + 1), "server" + number % 2),
                    number -> resize("ABC".substring(number % 3, number % 3 + 1)),
                    number -> suspend("server" + number % 3),
                    number -> service("server" + number % 3, "disabled"),
                    number -> action("sleep", "duration", number));
            var actions = IntStream.range(0, random.nextInt(30))
                    .mapToObj(number -> kinds.get(random.nextInt(kinds.size())).apply(random.nextInt(9)))
                    .toList();

            var planned = Planned.by(stabilization, hosts, actions);

            assertThat(planned.edges())
                    .as("seed %d, round %d", seed, round)
                    .allSatisfy(edge -> assertThat(planned.order().indexOf(Integer.parseInt(edge.split("-")[0])))
                            .isLessThan(planned.order().indexOf(Integer.parseInt(edge.split("-")[1]))));
        }
    }

    private Planned plan(PlannerOptions options, PlannedAction... actions) {
        return Planned.by(stabilization, options, List.of(actions));
    }

    private static PlannerOptions options(Map<String, Integer> weights, Map<String, String> hosts) {
        return new PlannerOptions(weights, Map.of(), hosts, Optional.empty());
    }

    @Test
    void theHostsOfInstancesThatNobodyNamedAreAskedFor() {
        var asked = new HashSet<String>();
        var planners = new Planners(List.of(new WorkloadStabilizationPlanner()), Map.of(), instances -> {
            asked.addAll(instances);
            return Map.of("b", "host-2");
        });
        var solution = new Solution(Planned.named(
                List.of(Planned.action("resize", "resource_id", "a"), Planned.action("resize", "resource_id", "b"))));
        var said = new PlannerOptions(Map.of(), Map.of(), Map.of("a", "host-1"), Optional.empty());

        assertThat(planners.plan(new WorkloadStabilizationPlanner(), solution, said)
                        .actions())
                .hasSize(2);
        assertThat(asked).containsExactly("b");
    }
}
