package interlock.fault;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Options with which a service starts in two thirds of the time: the simple compiler and collector, and an AOT cache (JEP 514) of the
 * classes that a start needs. The first one to ask makes that, by starting a service once; it lies in {@code target}, and is made anew
 * when a class has changed. Other processes that ask meanwhile do without.
 */
final class QuickJava {
    private static final Path FOLDER = Path.of("target", "quick-java");
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private QuickJava() {}

    /** {@return how to run the classes of this build} */
    static synchronized ServiceProcess.Java get() throws IOException {
        ServiceProcess.Java plain = ServiceProcess.Java.of(OPTIONS);
        List<Path> parts = Stream.of(plain.classPath().split(File.pathSeparator))
                .map(Path::of)
                .toList();
        Path cache = FOLDER.resolve(fingerprint(parts) + ".aot");
        if (!Files.exists(cache)) {
            make(parts, cache);
        }
        return Files.exists(cache) ? with(parts, "-XX:AOTCache=" + cache.toAbsolutePath()) : plain;
    }

    private static void make(List<Path> parts, Path cache) throws IOException {
        Files.createDirectories(FOLDER);
        try (FileChannel channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock != null && !Files.exists(cache)) {
                for (Path part : parts) {
                    if (Files.isDirectory(part)) {
                        pack(part, jar(part));
                    }
                }
                Path data = Files.createTempDirectory(FOLDER, "data");
                Path unfinished = cache.resolveSibling("unfinished.aot").toAbsolutePath();
                try (ServiceProcess service = ServiceProcess.start(
                        data.resolve("log"),
                        with(parts, "-XX:AOTCacheOutput=" + unfinished),
                        Map.of(),
                        "--data=" + data.resolve("data"),
                        "--bolt-port=0",
                        "--browser-port=0")) {
                    service.stop();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (Files.exists(unfinished)) {
                    Files.move(unfinished, cache);
                }
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new IOException("only one thread of a process is to ask at a time", e);
        }
    }

    /** The cache is good for jars only. */
    private static ServiceProcess.Java with(List<Path> parts, String option) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add(option);
        return new ServiceProcess.Java(
                options,
                parts.stream()
                        .map(part -> Files.isDirectory(part) ? jar(part) : part)
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    private static Path jar(Path classes) {
        return FOLDER.resolve(classes.getFileName() + ".jar").toAbsolutePath();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(0);
            for (Path each : tree(classes)) {
                String name = classes.relativize(each).toString();
                if (Files.isDirectory(each)) {
                    zip.putNextEntry(new ZipEntry(name + "/"));
                } else {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(each, zip);
                }
                zip.closeEntry();
            }
        }
    }

    private static String fingerprint(List<Path> parts) throws IOException {
        CRC32 all = new CRC32();
        for (Path part : parts) {
            for (Path file : Files.isDirectory(part) ? tree(part) : List.of(part)) {
                all.update("%s %d\n"
                        .formatted(file, Files.getLastModifiedTime(file).toMillis())
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return Long.toHexString(all.getValue());
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> !each.equals(folder)).sorted().toList();
        }
    }
}
