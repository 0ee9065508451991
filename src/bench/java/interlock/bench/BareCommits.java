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

/** What lies under everything durable: commits that write as little as can be, in milliseconds. */
final class BareCommits {
    private static final Statement COMMIT = Statement.of("commit");

    /** About what a small transaction adds to a log. */
    private static final int BYTES = 512;

    private BareCommits() {}

    /** {@return how long each of so many transactions of the database took, one after the other} */
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

    /** {@return how long each of so many appends to a file took, each with an {@code fdatasync}} */
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
