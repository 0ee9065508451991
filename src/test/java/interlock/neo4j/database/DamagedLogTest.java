package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.database.EmbeddedNeo4j.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** The data of a process that was killed during a write is opened, with all committed transactions. */
class DamagedLogTest {
    @TempDir
    private static Path left;

    @TempDir
    private Path data;

    @BeforeAll
    static void leave(@TempDir Path live) throws IOException {
        try (EmbeddedNeo4j neo4j = EmbeddedNeo4j.start(new Settings(live, 0, 0));
                Driver driver = connect(neo4j)) {
            for (int number = 1; number <= 3; number++) {
                driver.executableQuery("CREATE (:Plan {number: $number, text: $text})")
                        .withParameters(Map.of("number", number, "text", "x".repeat(3_000)))
                        .execute();
            }
            copy(live, left); // as kill -9 would leave it: nothing was closed
        }
    }

    @ParameterizedTest(name = "{0} bytes cut off, {1} bytes of junk added to the log of {2}: {3} are left")
    @CsvSource({"1, 0, neo4j, 2", "1500, 0, neo4j, 2", "0, 300, neo4j, 3", "0, 300, system, 3"})
    void whatWasCommittedBeforeTheDamageIsThere(int cut, int junk, String database, long plans) throws IOException {
        copy(left, data);
        damage(data.resolve("transactions").resolve(database), cut, junk);

        try (EmbeddedNeo4j neo4j = EmbeddedNeo4j.start(new Settings(data, 0, 0));
                Driver driver = connect(neo4j)) {
            assertThat(driver.executableQuery("MATCH (p:Plan) RETURN count(p) AS plans")
                            .execute()
                            .records()
                            .getFirst()
                            .get("plans")
                            .asLong())
                    .isEqualTo(plans);
            assertThat(neo4j.whyNotHealthy()).isEmpty();
        }
        assertThat(data.resolve("databases").resolve(database).resolve("corrupted-neostore.transaction.db"))
                .as("what was cut off is kept")
                .isNotEmptyDirectory();
    }

    private static Driver connect(EmbeddedNeo4j neo4j) {
        return GraphDatabase.driver(neo4j.boltUri(), AuthTokens.basic(neo4j.user(), neo4j.password()));
    }

    private static void damage(Path logs, int cut, int junk) throws IOException {
        byte[] bytes = new byte[junk];
        new Random(1).nextBytes(bytes);
        try (FileChannel log = FileChannel.open(logs.resolve("neostore.transaction.db.0"), StandardOpenOption.WRITE)) {
            log.truncate(log.size() - cut);
            log.write(ByteBuffer.wrap(bytes), log.size());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !from.relativize(file).startsWith("logs"))
                    .filter(file -> !file.endsWith("reserve"))
                    .forEach(files::add);
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
