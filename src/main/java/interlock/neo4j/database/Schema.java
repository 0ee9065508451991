package interlock.neo4j.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the constraints and indexes of the database: each file in {@code cypher/schema/} is applied once, in the
 * order of their numbers. One process at a time migrates: it holds the write lock of a node, and others wait for it.
 */
public final class Schema {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final Cypher LOCK_KEY = Cypher.of("schema/migration/lock-key");
    private static final Cypher LOCK = Cypher.of("schema/migration/lock");
    private static final Cypher APPLIED = Cypher.of("schema/migration/applied");
    private static final Cypher REMEMBER = Cypher.of("schema/migration/remember");

    private final Graph graph;
    private final List<Migration> migrations;

    /**
     * A migration of the schema.
     *
     * @param name the file's name, beginning with a number, such as {@code V001__keys}
     * @param text its statements, each ended by a semicolon
     */
    public record Migration(String name, String text) {
        String checksum() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        public List<String> statements() {
            return text.lines()
                    .filter(line -> !line.startsWith("//"))
                    .collect(java.util.stream.Collectors.joining("\n"))
                    .transform(all -> Stream.of(all.split(";")))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        }
    }

    /** The database was migrated with other files than these. */
    public static final class SchemaMismatch extends RuntimeException {
        private static final long serialVersionUID = 1;

        SchemaMismatch(String message) {
            super(message);
        }
    }

    /** Uses the migrations of this Interlock. */
    public Schema(Graph graph) {
        this(graph, onClassPath());
    }

    Schema(Graph graph, List<Migration> migrations) {
        this.graph = graph;
        this.migrations = migrations;
    }

    /**
     * Applies the missing migrations.
     *
     * @throws SchemaMismatch if an applied migration was edited afterwards, or comes from a newer Interlock
     */
    public void migrate() {
        graph.schema(LOCK_KEY.text());
        graph.write(lock -> {
            lock.run(LOCK, Map.of()).consume();
            Map<String, String> applied = graph.write(tx -> tx.run(APPLIED, Map.of()).stream()
                    .collect(java.util.stream.Collectors.toMap(
                            row -> row.get("name").asString(),
                            row -> row.get("checksum").asString())));
            check(applied);
            migrations.stream()
                    .filter(migration -> !applied.containsKey(migration.name()))
                    .forEach(this::apply);
            return null;
        });
    }

    private void check(Map<String, String> applied) {
        for (Migration migration : migrations) {
            String checksum = applied.getOrDefault(migration.name(), migration.checksum());
            if (!checksum.equals(migration.checksum())) {
                throw new SchemaMismatch("schema migration %s has been edited since it was applied to this database"
                        .formatted(migration.name()));
            }
        }
        List<String> known = migrations.stream().map(Migration::name).toList();
        applied.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SchemaMismatch(
                            "schema migration %s was applied to this database by a newer Interlock".formatted(name));
                });
    }

    private void apply(Migration migration) {
        migration.statements().forEach(graph::schema);
        graph.write(tx -> tx.run(REMEMBER, Map.of("name", migration.name(), "checksum", migration.checksum()))
                .list());
        log.info("applied schema migration {}", migration.name());
    }

    private static List<Migration> onClassPath() {
        URL folder = Schema.class.getResource("/cypher/schema");
        if (folder == null) {
            throw new IllegalStateException("there is no /cypher/schema on the class path");
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return in(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return in(jar.getPath("/cypher/schema"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema migrations", e);
        }
    }

    private static List<Migration> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.cypher"))
                    .sorted(java.util.Comparator.comparing(
                            file -> file.getFileName().toString()))
                    .map(Schema::read)
                    .toList();
        }
    }

    private static Migration read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".cypher", "");
            return new Migration(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
