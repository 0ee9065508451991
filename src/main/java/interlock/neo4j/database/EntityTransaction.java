package interlock.neo4j.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.neo4j.ogm.cypher.ComparisonOperator;
import org.neo4j.ogm.cypher.Filter;
import org.neo4j.ogm.session.Session;

/**
 * A transaction that loads and saves entities and runs statements. Used by the thread that opened it. An entity is saved in the
 * transaction that loaded it, or never.
 */
public final class EntityTransaction {
    private static final int ALONE = 0;

    private final Transaction statements;
    private final Session session;

    EntityTransaction(Transaction statements, Session session) {
        this.statements = statements;
        this.session = session;
    }

    /** {@return this transaction, for statements} */
    public Transaction statements() {
        return statements;
    }

    /** {@return the entities that a statement returns, in its order, connected by the returned relationships} */
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

    /** {@return the entities of a page; empty if its marker does not match} The statement returns one row: known, nodes. */
    public <T> Optional<List<T>> page(Class<T> type, Cypher cypher, Map<String, ?> parameters) {
        return rows(cypher, parameters).stream()
                .filter(row -> Boolean.TRUE.equals(row.get("known")))
                .findFirst()
                .map(row -> list(row, "nodes", type));
    }

    /** {@return the entity with a value of a unique property} */
    public <T> Optional<T> find(Class<T> type, String property, String value) {
        return session.loadAll(type, new Filter(property, ComparisonOperator.EQUALS, value), ALONE).stream()
                .findFirst();
    }

    /**
     * Saves an entity without its relationships. This writes all of its properties. Therefore all changes of a saved label take the same
     * lock before they load the entity.
     */
    public void save(Object entity) {
        session.save(entity, ALONE);
    }

    /** {@return the values of a column that is a list} */
    public static <T> List<T> list(Map<String, Object> row, String name, Class<T> type) {
        Stream<?> values = switch (row.get(name)) {
            case Object[] array -> Stream.of(array); // the object mapper makes an array of values of one type
            case Collection<?> list -> list.stream();
            case null, default -> Stream.of();
        };
        return values.map(type::cast).toList();
    }

    /** {@return the value of a column, which is never null} */
    public static <T> T column(Map<String, Object> row, String name, Class<T> type) {
        return columnOrEmpty(row, name, type).orElseThrow();
    }

    /** {@return the value of a column; empty if it is null} */
    public static <T> Optional<T> columnOrEmpty(Map<String, Object> row, String name, Class<T> type) {
        return Optional.ofNullable(row.get(name)).map(type::cast);
    }
}
