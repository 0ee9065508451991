package interlock.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BranchesTest {
    @Test
    void aChainGoesStraightDown() {
        assertThat(drawn("a b:a c:b")).isEqualTo("""
                a
                b
                c""");
    }

    @Test
    void branchesThatJoinAgainGoOnWhereTheyForked() {
        assertThat(drawn("a b:a c:a d:b,c e:d")).isEqualTo("""
                a
                ├─ b
                ├─ c
                d
                e""");
    }

    @Test
    void branchesThatDoNotJoinEndByThemselves() {
        assertThat(drawn("a b:a c:a d:b e:b")).isEqualTo("""
                a
                ├─ b
                │  ├─ d
                │  └─ e
                └─ c""");
    }

    @Test
    void aJoinOfSomeBranchesIsABranchToo() {
        assertThat(drawn("a b:a c:a d:a e:b,c")).isEqualTo("""
                a
                ├─ b
                ├─ c
                ├─ d
                └─ e""");
    }

    @Test
    void severalBeginningsAreBranchesOfNothing() {
        assertThat(drawn("a b c")).isEqualTo("""
                ┌─ a
                ├─ b
                └─ c""");
        assertThat(drawn("a b c:a,b")).isEqualTo("""
                ┌─ a
                ├─ b
                c""");
    }

    @Test
    void whatIsSeenOfWhatSomethingWaitsForIsKnown() {
        var branches = branches("a b:a c:a d:b x:c y:c e:d,x,y f:e");

        assertThat(branches.shown("a")).isEmpty();
        assertThat(branches.shown("b")).containsExactly("a");
        assertThat(branches.shown("e")).containsExactlyInAnyOrder("d", "x", "y");
        assertThat(branches.shown("f")).containsExactly("e");
    }

    @Test
    void aLongChainIsNotTooDeep() {
        var nodes = IntStream.range(0, 20_000).mapToObj(String::valueOf).toList();
        var parents = IntStream.range(1, 20_000)
                .boxed()
                .collect(Collectors.toMap(String::valueOf, i -> List.of(String.valueOf(i - 1))));

        assertThat(new Branches(nodes, parents).rows(true))
                .hasSize(20_000)
                .allMatch(row -> row.prefix().isEmpty());
    }

    private static String drawn(String graph) {
        return branches(graph).rows(true).stream()
                .map(row -> row.prefix() + row.node())
                .collect(Collectors.joining("\n"));
    }

    /** Nodes, each with its parents behind a colon. */
    private static Branches branches(String graph) {
        Map<String, List<String>> parents = new TreeMap<>();
        for (String node : graph.split(" ")) {
            parents.put(node.split(":")[0], node.contains(":") ? List.of(node.split(":")[1].split(",")) : List.of());
        }
        return new Branches(List.copyOf(parents.keySet()), parents);
    }
}
