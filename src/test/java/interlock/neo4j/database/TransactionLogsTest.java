package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionLogsTest {
    private static final Cypher WRITE = new Cypher("write", "MERGE (n:Large {name: 'one'}) SET n.text = $text");

    /** More than twice what the logs may take, in parts of a mebibyte. */
    private static final int PARTS = 600;

    @TempDir
    Path data;

    @Test
    void theLogsOfABusyDatabaseTakeNoMoreThanPromised() throws IOException {
        var settings = new EmbeddedNeo4j.Settings(data, 0, 0, "", OptionalLong.of(0));
        try (var neo4j = EmbeddedNeo4j.start(settings)) {
            Transactions transactions = neo4j.transactions(TransactionTimeouts.DEFAULT);
            long most = 0;
            for (int part = 0; part < PARTS; part++) {
                String text = "%04d".formatted(part).repeat(1 << 18);
                transactions.write(tx -> tx.run(WRITE, Map.of("text", text)).list());
                neo4j.lookAfterDisk();
                most = Math.max(most, size(data.resolve("transactions")));
            }

            assertThat(most).isLessThanOrEqualTo(EmbeddedNeo4jDisk.MOST_LOGS);
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }
}
