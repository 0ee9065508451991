package interlock.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/** A statement of the benchmarks, kept in a file of its own. */
record Statement(String text) {
    /** {@return the statement in {@code cypher/bench/<name>.cypher}} */
    static Statement of(String name) {
        return new Statement(Resources.text("/cypher/bench/%s.cypher".formatted(name)));
    }

    /** {@return its rows} It runs in a transaction of its own. */
    List<Record> run(Session session, Map<String, ?> parameters) {
        return session.run(text, Map.copyOf(parameters)).list();
    }

    /** {@return its rows} It runs in a transaction and a session of its own. */
    List<Record> run(Driver driver, Map<String, ?> parameters) {
        try (Session session = driver.session()) {
            return run(session, parameters);
        }
    }

    /** What lies on the class path. */
    static final class Resources {
        private Resources() {}

        static String text(String path) {
            try (InputStream in = Statement.class.getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException("there is no " + path + " on the class path");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + path, e);
            }
        }
    }
}
