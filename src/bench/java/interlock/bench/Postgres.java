package interlock.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for this process, with the default durability. It listens on loopback only. PostgreSQL refuses to
 * run as root; it is then run as another user.
 */
final class Postgres implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final List<String> OTHERS = List.of("postgres", "nobody");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final Process process;
    private final int port;
    private final Thread orphan;

    private Postgres(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.orphan = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(orphan);
    }

    /** PostgreSQL cannot run on this machine. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String why) {
            super(why);
        }
    }

    static Postgres start(Path parent) throws Unavailable {
        if (!Files.isExecutable(PROGRAMS.resolve("postgres"))) {
            throw new Unavailable("PostgreSQL 15 is not installed in %s (Debian's package postgresql-15)".formatted(PROGRAMS));
        }
        try {
            Path directory = Files.createTempDirectory(parent, "postgres");
            List<String> prefix = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                String other = giveAway(directory);
                prefix.addAll(List.of("setpriv", "--reuid=" + other, "--clear-groups"));
            }
            Path log = directory.resolve("log");
            Path data = directory.resolve("data");
            int init = run(prefix, directory, "initdb", "--auth=trust", "--username=bench", "--pgdata=" + data)
                    .waitFor();
            if (init != 0) {
                throw new Unavailable("initdb failed: " + Files.readString(log).strip().replaceFirst("(?s).*\n", ""));
            }
            int port = freePort();
            Process process = run(
                    prefix,
                    directory,
                    "postgres",
                    "-D",
                    data.toString(),
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-k",
                    "");
            Postgres postgres = new Postgres(directory, process, port);
            postgres.awaitReady(log);
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String giveAway(Path directory) throws IOException, Unavailable {
        for (String other : OTHERS) {
            try {
                Files.setOwner(
                        directory,
                        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(other));
                return other;
            } catch (UserPrincipalNotFoundException _) {
                // try the next user
            }
        }
        throw new Unavailable("PostgreSQL does not run as root, and none of these users exists: " + OTHERS);
    }

    private static Process run(List<String> prefix, Path directory, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException, Unavailable {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("ready to accept connections")) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                close();
                throw new Unavailable("PostgreSQL did not start");
            }
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=bench".formatted(port);
    }

    /** {@return the CPU time of its processes} */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(orphan);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
