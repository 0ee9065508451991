package interlock.planner;

import static interlock.planner.Planned.action;
import static interlock.planner.Planned.after;
import static interlock.planner.Planned.migrate;
import static interlock.planner.Planned.refusal;
import static interlock.planner.Planned.resize;
import static interlock.planner.Planned.suspend;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightPlannerTest {
    private final Planner weight = new WeightPlanner();

    @ParameterizedTest
    @CsvSource({"1, 0-1 1-2 2-3 3-4", "2, 0-2 1-2 2-3 3-4", "3, 0-3 1-3 2-3 3-4"})
    void soManyMigrationsAtOnceAsTheOptionsAllow(int width, String edges) {
        var planned = plan(
                parallelization(Map.of("migrate", width)),
                migrate("a", "server1"),
                migrate("b", "server1"),
                migrate("c", "server2"),
                resize("a"),
                suspend("server1"));

        assertThat(planned.edges()).containsExactly(edges.split(" "));
        assertThat(planned.order()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void eachActionWaitsForAllOfThoseBefore() {
        var planned = plan(
                PlannerOptions.NONE,
                migrate("a", "h"),
                migrate("b", "h"),
                migrate("c", "h"),
                migrate("d", "h"),
                migrate("e", "h"),
                resize("a"),
                resize("b"),
                suspend("h"));

        assertThat(planned.edges())
                .containsExactly("0-2", "0-3", "1-2", "1-3", "2-4", "3-4", "4-5", "4-6", "5-7", "6-7");
    }

    @Test
    void theHeavierComesFirstAndIsStoredFirst() {
        var planned = plan(PlannerOptions.NONE, migrate("a", "h"), action("nop", "message", "x"));

        assertThat(planned).isEqualTo(new Planned(List.of(1, 0), List.of("1-0")));
    }

    @Test
    void weightsAreNumbersNotTexts() {
        var planned =
                plan(PlannerOptions.NONE, action("change_node_power_state", "resource_id", "h"), migrate("a", "h"));

        assertThat(planned.edges()).containsExactly("1-0");
    }

    @Test
    void typesOfOneWeightAreOneGroupAsWideAsTheLastOfThemAllows() {
        var actions = List.of(resize("a"), migrate("a", "h"), resize("b"), migrate("b", "h"));
        Map<String, Integer> migrateLast = new LinkedHashMap<>();
        migrateLast.put("resize", 7);
        migrateLast.put("migrate", 7);
        Map<String, Integer> resizeLast = new LinkedHashMap<>();
        resizeLast.put("migrate", 7);
        resizeLast.put("resize", 7);
        var widths = Map.of("migrate", 1, "resize", 4);

        assertThat(Planned.by(weight, options(migrateLast, widths), actions))
                .isEqualTo(new Planned(List.of(0, 1, 2, 3), List.of("0-1", "1-2", "2-3")));
        assertThat(Planned.by(weight, options(resizeLast, widths), actions).edges())
                .isEmpty();
    }

    @Test
    void weightsAreGivenAsAWholeAndWidthsOneByOne() {
        var options = options(Map.of("migrate", 20), Map.of("migrate", 1));

        assertThat(Planned.by(weight, options, List.of(migrate("a", "h"), migrate("b", "h")))
                        .edges())
                .containsExactly("0-1");
        assertThat(refusal(weight, options, resize("a")))
                .containsExactly(
                        "actions[0].action_type: the planner 'weight' has no weight for 'resize'; set it in weights");
    }

    @ParameterizedTest
    @CsvSource({"0", "-3", "1", "-2147483648"})
    void atLeastOneRunsAtOnce(int width) {
        var planned = plan(parallelization(Map.of("migrate", width)), migrate("a", "h"), migrate("b", "h"));

        assertThat(planned.edges()).containsExactly("0-1");
    }

    @Test
    void weightsAndWidthsAreAsFarApartAsNumbersGo() {
        var weights = Map.of("resize", Integer.MAX_VALUE, "migrate", 0, "nop", Integer.MIN_VALUE);
        var widths = Map.of("resize", Integer.MAX_VALUE, "migrate", Integer.MAX_VALUE);

        assertThat(Planned.by(
                        weight,
                        options(weights, widths),
                        List.of(action("nop"), migrate("a", "h"), migrate("b", "h"), resize("a"))))
                .isEqualTo(new Planned(List.of(3, 1, 2, 0), List.of("1-0", "2-0", "3-1", "3-2")));
    }

    @Test
    void allTypesWithoutAWeightAreNamed() {
        assertThat(refusal(weight, PlannerOptions.NONE, action("http"), action("nop"), action("teleport")))
                .containsExactly(
                        "actions[0].action_type: the planner 'weight' has no weight for 'http'; set it in weights",
                        "actions[2].action_type: the planner 'weight' has no weight for 'teleport'; set it in weights");
    }

    @Test
    void aTypeWithoutAWidthIsNamed() {
        assertThat(refusal(weight, options(Map.of("http", 5), Map.of()), action("http")))
                .containsExactly("actions[0].action_type: the planner 'weight' has no parallelization for 'http'; "
                        + "set it in parallelization");
        assertThat(plan(options(Map.of("http", 5), Map.of("http", 2)), action("http"))
                        .order())
                .containsExactly(0);
    }

    @Test
    void nothingIsPlannedOfNothing() {
        assertThat(plan(PlannerOptions.NONE)).isEqualTo(new Planned(List.of(), List.of()));
    }

    @Test
    void parentsGivenByHandAreKept() {
        var planned = plan(
                parallelization(Map.of("migrate", 3)),
                after(migrate("a", "h"), List.of(1)),
                migrate("b", "h"),
                after(resize("a"), List.of(0)));

        assertThat(planned.edges()).containsExactly("0-2", "1-0", "1-2");
        assertThat(planned.order()).containsExactly(0, 1, 2);
    }

    @Test
    void parentsGivenByHandThatGoAgainstTheWeightsAreRefused() {
        assertThat(refusal(weight, PlannerOptions.NONE, after(action("nop"), List.of(1)), resize("a")))
                .containsExactly(
                        "actions: given parents contradict the order of the planner 'weight', " + "a cycle: 0 → 1 → 0");
    }

    @Test
    void moreEdgesThanCanBeStoredAreRefused() {
        var actions = IntStream.range(0, 2_002)
                .mapToObj(number -> number % 2 == 0 ? resize("i" + number) : migrate("i" + number, "h"))
                .toArray(PlannedAction[]::new);

        assertThat(refusal(weight, parallelization(Map.of("migrate", 2_000, "resize", 2_000)), actions))
                .singleElement()
                .asString()
                .startsWith("actions: the planner 'weight' creates more than 1000000 dependencies");
    }

    @Test
    void theGraphIsThatOfTheReference() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var options = randomOptions(random);
            var actions = randomActions(random, options);

            assertThat(Planned.by(weight, options, actions))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(naive(options.weights(), options.parallelization(), actions));
        }
    }

    private static PlannerOptions randomOptions(Random random) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (int type = 0; type < 1 + random.nextInt(5); type++) {
            weights.put("type" + type, random.nextInt(-2, 5));
            widths.put("type" + type, random.nextInt(-1, 5));
        }
        return options(weights, widths);
    }

    private static List<PlannedAction> randomActions(Random random, PlannerOptions options) {
        List<String> types = List.copyOf(options.weights().keySet());
        return IntStream.range(0, random.nextInt(25))
                .mapToObj(_ -> action(types.get(random.nextInt(types.size())), "x", random.nextInt(30)))
                .toList();
    }

    /** As the reference's code goes, line by line. */
    private static Planned naive(
            Map<String, Integer> weights, Map<String, Integer> widths, List<PlannedAction> actions) {
        List<Integer> solution = new ArrayList<>();
        for (int place = 0; place < actions.size(); place++) {
            var action = actions.get(place);
            if (solution.stream()
                    .noneMatch(other -> actions.get(other).actionType().equals(action.actionType())
                            && actions.get(other).inputParameters().equals(action.inputParameters()))) {
                solution.add(place);
            }
        }
        Map<Integer, String> reverseWeights = new LinkedHashMap<>();
        weights.forEach((type, weight) -> reverseWeights.put(weight, type));
        List<Integer> order = new ArrayList<>();
        List<String> edges = new ArrayList<>();
        List<Integer> leafGroup = List.of();
        for (int weight : new TreeSet<>(weights.values()).descendingSet()) {
            List<Integer> group = solution.stream()
                    .filter(place -> weights.get(actions.get(place).actionType()) == weight)
                    .toList();
            int width = Math.max(1, widths.get(reverseWeights.get(weight)));
            for (int at = 0; at < group.size(); at += width) {
                List<Integer> chunk = group.subList(at, Math.min(group.size(), at + width));
                for (int child : chunk) {
                    order.add(child);
                    leafGroup.forEach(parent -> edges.add(parent + "-" + child));
                }
                leafGroup = chunk;
            }
        }
        edges.sort(java.util.Comparator.<String>comparingInt(edge -> Integer.parseInt(edge.split("-")[0]))
                .thenComparingInt(edge -> Integer.parseInt(edge.split("-")[1])));
        return new Planned(order, edges);
    }

    private Planned plan(PlannerOptions options, PlannedAction... actions) {
        return Planned.by(weight, options, List.of(actions));
    }

    private static PlannerOptions parallelization(Map<String, Integer> widths) {
        return options(Map.of(), widths);
    }

    private static PlannerOptions options(Map<String, Integer> weights, Map<String, Integer> widths) {
        return new PlannerOptions(weights, widths, Map.of(), Optional.empty());
    }

    @Test
    void itTellsWhatItLooksAt() {
        assertThat(weight.options()).isEqualTo(Set.of("weights", "parallelization"));
        assertThat(weight.defaults().weights()).containsEntry("nop", 70).containsEntry("change_node_power_state", 9);
        assertThat(weight.defaults().parallelization())
                .containsEntry("sleep", 1)
                .containsEntry("stop", 2);
    }
}
