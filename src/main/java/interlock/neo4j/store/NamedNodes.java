package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransaction;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.entity.NamedEntity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one kind that are known by a uuid or by a name which no other has, and are kept when they are deleted.
 *
 * <p>They are saved as a whole, by the object mapper. That takes nothing back: whoever changes one takes their lock first, and loads
 * it after that.
 *
 * @param <E> their entity
 */
final class NamedNodes<E extends NamedEntity> {
    private final EntityTransactions graph;
    private final Kind<E> kind;
    private final Statements statements;
    private final ChangeRecord<E> onChange;

    /** What they are, what messages call them, and under which lock they are changed. */
    record Kind<E>(Class<E> type, String what, Lock lock) {}

    /** How they are found and listed. */
    record Statements(Cypher find, Cypher page) {}

    /** What is kept of a change before it is saved. */
    interface ChangeRecord<E> {
        /** Keeps it; the state before is absent of a new one. */
        void keep(EntityTransaction tx, E changed, Optional<String> before, Instant at);
    }

    NamedNodes(EntityTransactions graph, Kind<E> kind, Statements statements, ChangeRecord<E> onChange) {
        this.graph = graph;
        this.kind = kind;
        this.statements = statements;
        this.onChange = onChange;
    }

    /** {@return the new one; nothing if the name is taken} Each try has one to itself: the object mapper marks what it has saved. */
    Optional<E> store(Supplier<E> content) {
        return graph.write(tx -> {
            E entity = content.get();
            var lock = tx.statements().take(kind.lock());
            if (tx.find(kind.type(), "activeName", entity.name()).isPresent()) {
                return Optional.empty();
            }
            entity.create(UUID.randomUUID().toString(), lock.number(), lock.at());
            onChange.keep(tx, entity, Optional.empty(), lock.at());
            tx.save(entity);
            return Optional.of(entity);
        });
    }

    /** {@return the one of that uuid or name, if there is one} */
    Optional<E> find(String key, boolean deleted) {
        return graph.read(tx -> tx.load(kind.type(), statements.find(), Map.of("key", key, "deleted", deleted)).stream()
                .findFirst());
    }

    /** {@return those of a goal and a strategy, a page of them} */
    List<E> list(Optional<String> goal, Optional<String> strategy, boolean deleted, Page page) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("goal", goal.orElse(null));
        parameters.put("strategy", strategy.orElse(null));
        parameters.put("deleted", deleted);
        parameters.putAll(page.parameters());
        return graph.read(tx -> tx.page(kind.type(), statements.page(), parameters)
                .orElseThrow(() -> new UnknownMarker(
                        kind.what(), page.marker().map(UUID::toString).orElse(""))));
    }

    /** {@return it after the change; nothing if its state is not the one in which it was seen} */
    Optional<E> change(String uuid, String seen, boolean deleted, Consumer<E> change) {
        return graph.write(tx -> {
            Instant at = tx.statements().take(kind.lock()).at();
            Optional<E> found = tx.find(kind.type(), "uuid", uuid)
                    .filter(it -> it.deletedAt() == null && it.state().equals(seen));
            found.ifPresent(it -> {
                change.accept(it);
                if (deleted) {
                    it.delete(at);
                }
                save(tx, it, seen, at);
            });
            return found;
        });
    }

    /** Saves one that was loaded, and changed, under the lock. */
    void save(EntityTransaction tx, E changed, String before, Instant at) {
        changed.change(at);
        onChange.keep(tx, changed, Optional.of(before), at);
        tx.save(changed);
    }
}
