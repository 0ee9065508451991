package interlock.bench;

import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/** A Cypher statement of the benchmarks, in a file of its own. */
record Statement(String text) {
    /** {@return the statement in {@code cypher/bench/<name>.cypher}} */
    static Statement of(String name) {
        return new Statement(Resources.text("/cypher/bench/%s.cypher".formatted(name)));
    }

    /** {@return the rows of the statement} It runs in a transaction of its own. */
    List<Record> run(Session session, Map<String, ?> parameters) {
        return session.run(text, Map.copyOf(parameters)).list();
    }

    /** {@return the rows of the statement} It runs in a transaction and a session of its own. */
    List<Record> run(Driver driver, Map<String, ?> parameters) {
        try (Session session = driver.session()) {
            return run(session, parameters);
        }
    }
}
