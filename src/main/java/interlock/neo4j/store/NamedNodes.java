package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.database.UnknownMarker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Nodes of one kind that are known by a uuid or by a name which no other has, and are kept when they are deleted.
 *
 * @param <T> what they are read as
 */
final class NamedNodes<T> {
    private final Transactions graph;
    private final String what;
    private final Statements statements;
    private final Function<Value, T> read;

    /** How they are stored, found, listed and changed, and under which lock. */
    record Statements(Lock lock, Cypher store, Cypher find, Cypher page, Cypher change) {}

    NamedNodes(Transactions graph, String what, Statements statements, Function<Value, T> read) {
        this.graph = graph;
        this.what = what;
        this.statements = statements;
        this.read = read;
    }

    /** {@return the new one; nothing if the name is taken} */
    Optional<T> store(String name, Map<String, @Nullable Object> properties) {
        Map<String, @Nullable Object> all = new HashMap<>(properties);
        all.put("uuid", UUID.randomUUID().toString());
        return graph.write(tx -> {
            long number = tx.take(statements.lock());
            return node(tx.run(statements.store(), Map.of("number", number, "name", name, "properties", all))
                    .list());
        });
    }

    /** {@return the one of that uuid or name, if there is one} */
    Optional<T> find(String key, boolean deleted) {
        return graph.read(tx -> node(tx.run(statements.find(), Map.of("key", key, "deleted", deleted))
                .list()));
    }

    /** {@return those of a goal and a strategy, a page of them} */
    List<T> list(Optional<String> goal, Optional<String> strategy, boolean deleted, Page page) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("goal", goal.orElse(null));
        parameters.put("strategy", strategy.orElse(null));
        parameters.put("deleted", deleted);
        parameters.put("sortKey", page.sortKey());
        parameters.put("descending", page.descending());
        parameters.put("marker", page.marker().map(UUID::toString).orElse(null));
        parameters.put("limit", page.limit());
        return graph.read(tx -> {
            MapAccessor row = tx.run(statements.page(), parameters).single();
            if (!row.get("known").asBoolean()) {
                throw new UnknownMarker(what, page.marker().map(UUID::toString).orElse(""));
            }
            return row.get("nodes").asList(read);
        });
    }

    /** {@return it after the change; nothing if its state is not the one in which it was seen} */
    Optional<T> change(String uuid, String seen, Map<String, @Nullable Object> properties, boolean deleted) {
        return graph.write(tx -> {
            tx.take(statements.lock());
            return node(tx.run(
                            statements.change(),
                            Map.of("uuid", uuid, "seen", seen, "properties", properties, "deleted", deleted))
                    .list());
        });
    }

    private Optional<T> node(List<MapAccessor> rows) {
        return rows.stream().map(row -> read.apply(row.get("node"))).findFirst();
    }
}
