package interlock.neo4j.store;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.EntityTransaction;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.UnknownMarker;
import interlock.neo4j.entity.NamedEntity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one kind with a uuid and a unique name. Deleted nodes are kept.
 *
 * <p>The object mapper saves all properties of a node. No change is lost, because each change takes the lock of the kind before it loads
 * the node.
 *
 * @param <E> their entity
 */
final class NamedNodes<E extends NamedEntity> {
    private final EntityTransactions graph;
    private final Kind<E> kind;
    private final Statements statements;
    private final ChangeRecord<E> onChange;

    /**
     * A kind of nodes.
     *
     * @param what its name in messages
     * @param lock the lock of its changes
     */
    record Kind<E>(Class<E> type, String what, Lock lock) {}

    /** The statements that find and list nodes of a kind. */
    record Statements(Cypher find, Cypher page) {}

    /** Records a change before it is saved. */
    interface ChangeRecord<E> {
        /** Records a change; a new node has no state before. */
        void keep(EntityTransaction tx, E changed, Optional<String> before, Instant at);
    }

    NamedNodes(EntityTransactions graph, Kind<E> kind, Statements statements, ChangeRecord<E> onChange) {
        this.graph = graph;
        this.kind = kind;
        this.statements = statements;
        this.onChange = onChange;
    }

    /** {@return the new node; empty if the name is taken} A retry takes a new entity, because the object mapper marks saved ones. */
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

    /** {@return the node with that uuid or name} */
    Optional<E> find(String key, boolean deleted) {
        return graph.read(tx -> tx.load(kind.type(), statements.find(), Map.of("key", key, "deleted", deleted)).stream()
                .findFirst());
    }

    /** {@return a page of the matching nodes} */
    List<E> list(AuditStore.Filter filter, Page page) {
        Map<String, @Nullable Object> parameters = filter.parameters();
        parameters.putAll(page.parameters());
        return graph.read(tx -> tx.page(kind.type(), statements.page(), parameters)
                .orElseThrow(() -> new UnknownMarker(kind.what(), page)));
    }

    /** {@return the changed node; empty if its state is no longer {@code seen}} */
    Optional<E> change(String uuid, String seen, boolean deleted, Consumer<E> change) {
        return graph.write(tx -> {
            Instant at = tx.statements().take(kind.lock()).at();
            Optional<E> found = tx.find(kind.type(), "uuid", uuid)
                    .filter(it -> it.deletedAt() == null && it.storedState().equals(seen));
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

    /** Saves a node that was loaded and changed under the lock. */
    void save(EntityTransaction tx, E changed, String before, Instant at) {
        changed.change(at);
        onChange.keep(tx, changed, Optional.of(before), at);
        tx.save(changed);
    }
}
