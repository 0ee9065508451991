package interlock.neo4j.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * A statement from a file.
 *
 * @param name the file's path below {@code cypher/}, without its ending
 * @param text the statement as it is sent to the database
 */
public record Cypher(String name, String text) {
    /** {@return the statement in {@code cypher/<name>.cypher}} */
    public static Cypher of(String name) {
        return new Cypher(name, withoutHead(resource("/cypher/" + name + ".cypher")));
    }

    /** Drops the comment at the head, which the database would parse each time. */
    private static String withoutHead(String text) {
        return text.lines().dropWhile(line -> line.startsWith("//")).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String resource(String path) {
        try (InputStream in = Cypher.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + path + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
