package interlock.neo4j.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that occupies disk space, to be deleted when no other space is left. */
final class ReserveFile {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final long size;

    ReserveFile(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    long size() {
        return size;
    }

    boolean isHeld() throws IOException {
        return size == 0 || (Files.exists(file) && Files.size(file) == size);
    }

    /** Writes every byte, because a sparse file would occupy nothing. An existing part is kept. */
    void hold() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
            for (long at = channel.size(); at < size; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(BLOCK, size - at));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, at + zeros.position());
                }
            }
            channel.force(false);
        }
    }

    /** {@return whether there was a file to delete} */
    boolean giveUp() throws IOException {
        return Files.deleteIfExists(file);
    }
}
