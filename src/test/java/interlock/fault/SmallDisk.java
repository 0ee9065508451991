package interlock.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file system of its own, in memory, that can be filled; for who may mount one. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Path mounted;

    private SmallDisk(Path mounted) {
        this.mounted = mounted;
    }

    /** {@return one of so many megabytes; nothing where it cannot be mounted} */
    static Optional<SmallDisk> mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "tmpfs", folder.toString())
                ? Optional.of(new SmallDisk(folder))
                : Optional.empty();
    }

    Path directory() {
        return mounted;
    }

    long free() throws IOException {
        return Files.getFileStore(mounted).getUsableSpace();
    }

    /** Leaves so many bytes free, or as few as there are. */
    void fillBut(long bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream ballast =
                Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long more = free() - bytes; more > 0; more = free() - bytes) {
                ballast.write(block, 0, (int) Math.min(BLOCK, more));
            }
        } catch (IOException _) {
            // it is full: others write there, too
        }
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return mounted.resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", "-l", mounted.toString())) {
                throw new IOException("cannot unmount " + mounted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("cannot unmount " + mounted, e);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false; // there is no such command
        }
    }
}
