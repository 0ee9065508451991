package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.RetryPolicy;
import interlock.model.Alternatives.Objection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlternativesTest {
    @Test
    void theNarrowerPathIsTriedFirstAndEqualsAsTheyAreGiven() {
        var paths = List.of(path("wide", "a", "b"), path("first", "a"), path("second", "a"), path("other", "b"));

        var ordered = Alternatives.inOrder(paths);

        assertThat(ordered).map(AlternativePath::name).containsExactly("first", "second", "other", "wide");
        assertThat(Alternatives.ranks(ordered)).containsExactly(1, 2, 1, 3);
    }

    @Test
    void pathsThatShareNothingHaveTheSameRank() {
        var paths = List.of(path("p", "a"), path("q", "b"), path("r", "c", "d"));

        assertThat(Alternatives.ranks(Alternatives.inOrder(paths))).containsExactly(1, 1, 1);
    }

    @Test
    void whatLiesBesideAGroupIsNoGap() {
        var graph = new ActionGraph(List.of(
                action("above"),
                action("a", "above"),
                action("beside", "a"),
                action("b", "a"),
                action("below", "b", "beside")));

        assertThat(Alternatives.objections(graph, List.of(path("p", "a", "b")))).isEmpty();
        assertThat(Alternatives.objections(graph, List.of(path("p", "a", "b", "below"))))
                .map(Objection::message)
                .containsExactly("'beside' lies between two of the actions that it replaces; it must replace it too");
    }

    @Test
    void aGapOfManyActionsIsNotListedToItsEnd() {
        List<PlannedAction> actions = new ArrayList<>(List.of(action("0")));
        for (int n = 1; n < 20; n++) {
            actions.add(action(String.valueOf(n), String.valueOf(n - 1)));
        }

        assertThat(Alternatives.objections(new ActionGraph(actions), List.of(path("p", "0", "19"))))
                .singleElement()
                .satisfies(objection -> assertThat(objection.message())
                        .startsWith("'1', '2', '3', '4', '5', '6', '7', '8', '9', '10' and 8 more lie between"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nestedFamiliesAreTakenAndTriedFromTheInside(int seed) {
        var chance = new Random(seed);
        var ids = new ArrayList<>(IntStream.range(0, 1 + chance.nextInt(30))
                .mapToObj(n -> "a" + n)
                .toList());
        Collections.shuffle(ids, chance);
        List<AlternativePath> paths = new ArrayList<>();
        nest(ids, paths, chance);
        Collections.shuffle(paths, chance);
        var graph = new ActionGraph(ids.stream().map(id -> action(id)).toList());

        assertThat(Alternatives.objections(graph, paths)).isEmpty();

        var ordered = Alternatives.inOrder(paths);
        var ranks = Alternatives.ranks(ordered);
        for (int later = 0; later < ordered.size(); later++) {
            int rank = 1;
            for (int earlier = 0; earlier < later; earlier++) {
                if (share(ordered.get(earlier), ordered.get(later))) {
                    rank = Math.max(rank, 1 + ranks.get(earlier));
                    assertThat(ordered.get(later).replaces())
                            .containsAll(ordered.get(earlier).replaces());
                    if (ordered.get(later)
                            .replaces()
                            .equals(ordered.get(earlier).replaces())) {
                        assertThat(paths.indexOf(ordered.get(earlier))).isLessThan(paths.indexOf(ordered.get(later)));
                    }
                }
            }
            assertThat(ranks.get(later)).as(ordered.get(later).name()).isEqualTo(rank);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyFamilyIsRefusedIfTwoCross(int seed) {
        var chance = new Random(seed);
        var ids = IntStream.range(0, 6).mapToObj(n -> "a" + n).toList();
        List<AlternativePath> paths = new ArrayList<>();
        for (int n = 0; n < 2 + chance.nextInt(4); n++) {
            var some = ids.stream().filter(_ -> chance.nextInt(3) == 0).toArray(String[]::new);
            if (some.length > 0) {
                paths.add(path("p" + n, some));
            }
        }
        var graph = new ActionGraph(ids.stream().map(id -> action(id)).toList());

        boolean crossing = paths.stream()
                .anyMatch(one -> paths.stream().anyMatch(other -> share(one, other) && !nested(one, other)));
        assertThat(!Alternatives.objections(graph, paths).isEmpty()).isEqualTo(crossing);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactlyWhatLiesBetweenTwoOfAGroupIsAGap(int seed) {
        var chance = new Random(seed);
        int count = 2 + chance.nextInt(8);
        List<PlannedAction> actions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            var parents = IntStream.range(0, n)
                    .filter(_ -> chance.nextInt(3) == 0)
                    .mapToObj(String::valueOf)
                    .toArray(String[]::new);
            actions.add(action(String.valueOf(n), parents));
        }
        var group = actions.stream()
                .map(PlannedAction::id)
                .filter(_ -> chance.nextBoolean())
                .toArray(String[]::new);
        Collections.shuffle(actions, chance);

        var expected = between(actions, Set.of(group));
        var objections = group.length == 0
                ? List.<Objection>of()
                : Alternatives.objections(new ActionGraph(actions), List.of(path("p", group)));
        var named = objections.stream()
                .flatMap(objection ->
                        Arrays.stream(objection.message().split(" lies? ")[0].split(", ")))
                .map(id -> id.replace("'", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(expected);
    }

    @Test
    @Timeout(10)
    void tenThousandActionsWithAPathEachAndAGroupOfAllTakeNoTime() {
        int count = 10_000;
        List<PlannedAction> actions = new ArrayList<>();
        List<AlternativePath> paths = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            actions.add(n == 0 ? action("0") : action(String.valueOf(n), String.valueOf(n - 1)));
            paths.add(path("p" + n, String.valueOf(n)));
        }
        paths.add(path("all", actions.stream().map(PlannedAction::id).toArray(String[]::new)));
        paths.add(path(
                "half", actions.stream().limit(count / 2).map(PlannedAction::id).toArray(String[]::new)));
        var graph = new ActionGraph(actions);

        assertThat(Alternatives.objections(graph, paths)).isEmpty();
        assertThat(Alternatives.ranks(Alternatives.inOrder(paths))).endsWith(1, 2, 3);
    }

    /** Splits the ids again and again; some of the parts get a path or two. */
    private static void nest(List<String> ids, List<AlternativePath> paths, Random chance) {
        for (int n = chance.nextInt(3); n > 0; n--) {
            paths.add(path("p" + paths.size(), ids.toArray(String[]::new)));
        }
        if (ids.size() > 1) {
            int cut = 1 + chance.nextInt(ids.size() - 1);
            nest(ids.subList(0, cut), paths, chance);
            nest(ids.subList(cut, ids.size()), paths, chance);
        }
    }

    private static boolean share(AlternativePath one, AlternativePath other) {
        return !Collections.disjoint(one.replaces(), other.replaces());
    }

    private static boolean nested(AlternativePath one, AlternativePath other) {
        return one.replaces().containsAll(other.replaces()) || other.replaces().containsAll(one.replaces());
    }

    private static Set<String> between(List<PlannedAction> actions, Set<String> group) {
        Map<String, PlannedAction> byId = actions.stream().collect(Collectors.toMap(PlannedAction::id, a -> a));
        return byId.keySet().stream()
                .filter(id -> !group.contains(id) && !Collections.disjoint(ancestors(id, byId), group))
                .filter(id ->
                        group.stream().anyMatch(one -> ancestors(one, byId).contains(id)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ancestors(String id, Map<String, PlannedAction> byId) {
        Set<String> found = new HashSet<>();
        for (String parent : byId.get(id).parents()) {
            found.add(parent);
            found.addAll(ancestors(parent, byId));
        }
        return found;
    }

    private static AlternativePath path(String name, String... replaces) {
        return new AlternativePath(
                name, new LinkedHashSet<>(List.of(replaces)), List.of(action("of " + name)), false, false);
    }

    private static PlannedAction action(String id, String... parents) {
        return new PlannedAction(
                id,
                "nop",
                Map.of(),
                new LinkedHashSet<>(List.of(parents)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }
}
