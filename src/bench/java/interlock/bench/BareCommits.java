package interlock.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;

/** Measures minimal durable commits, in milliseconds. */
final class BareCommits {
    private static final Statement COMMIT = Statement.of("commit");

    /** About the size of a small transaction in a log, in bytes. */
    private static final int BYTES = 512;

    private BareCommits() {}

    /** {@return the durations of sequential transactions of the database} */
    static List<Double> ofDatabase(Driver driver, int count) {
        List<Double> times = new ArrayList<>();
        try (Session session = driver.session()) {
            for (int number = 0; number < count; number++) {
                long began = System.nanoTime();
                COMMIT.run(session, Map.of());
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        return times;
    }

    /** {@return the durations of sequential appends to a file, each with an {@code fdatasync}} */
    static List<Double> ofDisk(Path directory, int count) {
        List<Double> times = new ArrayList<>();
        try {
            Path file = Files.createTempFile(directory, "fdatasync", "");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
                for (int number = 0; number < count; number++) {
                    long began = System.nanoTime();
                    channel.write(ByteBuffer.allocate(BYTES));
                    channel.force(false);
                    times.add((System.nanoTime() - began) / 1e6);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return times;
    }
}
