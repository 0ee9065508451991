package interlock.neo4j.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.cypher.ComparisonOperator;
import org.neo4j.ogm.cypher.Filter;
import org.neo4j.ogm.session.Session;

/**
 * A transaction that loads and saves entities, beside statements. Used by the thread that opened it; what it has loaded belongs to
 * nobody else, and is saved in the same transaction, or never.
 */
public final class EntityTransaction {
    private static final int ALONE = 0;

    private final Transaction statements;
    private final Session session;

    EntityTransaction(Transaction statements, Session session) {
        this.statements = statements;
        this.session = session;
    }

    /** {@return what runs statements in this transaction} */
    public Transaction statements() {
        return statements;
    }

    /** {@return what a statement returns: entities, connected by the relationships that it returns beside them, in its order} */
    public <T> List<T> load(Class<T> type, Cypher cypher, Map<String, ?> parameters) {
        List<T> entities = new ArrayList<>();
        session.query(type, cypher.text(), statements.withNow(parameters)).forEach(entities::add);
        return entities;
    }

    /** {@return the rows of a statement, with entities for nodes} */
    public List<Map<String, Object>> rows(Cypher cypher, Map<String, ?> parameters) {
        List<Map<String, Object>> rows = new ArrayList<>();
        session.query(cypher.text(), statements.withNow(parameters))
                .queryResults()
                .forEach(rows::add);
        return rows;
    }

    /** {@return the entities of a page; nothing if its marker is not among those that fit} The statement gives one row; known, nodes. */
    public <T> Optional<List<T>> page(Class<T> type, Cypher cypher, Map<String, ?> parameters) {
        return rows(cypher, parameters).stream()
                .filter(row -> Boolean.TRUE.equals(row.get("known")))
                .findFirst()
                .map(row -> list(row, "nodes", type));
    }

    /** {@return the entity of which a property has a value, which no other has} */
    public <T> Optional<T> find(Class<T> type, String property, String value) {
        return session.loadAll(type, new Filter(property, ComparisonOperator.EQUALS, value), ALONE).stream()
                .findFirst();
    }

    /**
     * Saves an entity, but nothing that it is connected to. All of its properties are written: to one that was loaded that may only be done
     * under a lock that everybody takes who changes it, and that was taken before it was loaded.
     */
    public void save(Object entity) {
        session.save(entity, ALONE);
    }

    /** {@return the values of a column that is a list} */
    public static <T> List<T> list(Map<String, Object> row, String name, Class<T> type) {
        Stream<?> values = switch (row.get(name)) {
            case Object[] array -> Stream.of(array); // of the object mapper, where all are of one kind
            case Collection<?> list -> list.stream();
            case null, default -> Stream.of();
        };
        return values.map(type::cast).toList();
    }

    /** {@return the value of a column, which may be null} */
    public static <T> @Nullable T column(Map<String, Object> row, String name, Class<T> type) {
        return type.cast(row.get(name));
    }
}
