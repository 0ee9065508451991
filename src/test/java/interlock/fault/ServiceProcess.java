package interlock.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;

/** {@code interlock serve} in a process of its own, to be killed. */
public final class ServiceProcess implements AutoCloseable {
    private static final Pattern UP = Pattern.compile("plans\\s+(http://\\S+)/v1/action_plans");
    private static final Pattern BOLT = Pattern.compile("connect to (bolt://[^\\s,]+)");
    private static final Pattern PASSWORD = Pattern.compile("password in (.+)\\)");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI uri;
    private final Optional<URI> boltUri;
    private final Optional<Path> passwordFile;

    /** With which options a service is run, and where its classes are. */
    public record Java(List<String> options, String classPath) {
        /** {@return the classes of this build, run with these options} */
        public static Java of(List<String> options) {
            return new Java(
                    options, System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        }
    }

    private ServiceProcess(Process process, String announced) {
        this.process = process;
        this.uri = find(UP, announced).map(URI::create).orElseThrow();
        this.boltUri = find(BOLT, announced).map(URI::create);
        this.passwordFile = find(PASSWORD, announced).map(Path::of);
    }

    /** Starts the service on a free port, and waits until it is up. */
    public static ServiceProcess start(Path log, String... options) throws IOException {
        return start(log, Map.of(), options);
    }

    /** Starts it with variables of its environment: the only ones that have to do with clouds. */
    public static ServiceProcess start(Path log, Map<String, String> environment, String... options)
            throws IOException {
        return start(log, QuickJava.get(), environment, options);
    }

    /** Starts it on a virtual machine of one's own choice. */
    public static ServiceProcess start(Path log, Java java, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(java.options());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                java.classPath(),
                "interlock.Main",
                "serve"));
        if (List.of(options).stream().noneMatch(option -> option.startsWith("--port="))) {
            command.add("--port=0");
        }
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("OS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive() || isUp(log));
        } catch (ConditionTimeoutException e) {
            process.destroyForcibly();
            throw e;
        }
        if (!process.isAlive()) {
            throw new AssertionError("the service did not come up: " + Files.readString(log));
        }
        return new ServiceProcess(process, Files.readString(log));
    }

    private static boolean isUp(Path log) throws IOException {
        return Files.readString(log).contains("Ctrl-C stops it");
    }

    private static Optional<String> find(Pattern pattern, String announced) {
        return pattern.matcher(announced).results().findFirst().map(found -> found.group(1));
    }

    /** {@return where it is to be reached} */
    public URI uri() {
        return uri;
    }

    /** {@return where its embedded database is} */
    public URI boltUri() {
        return boltUri.orElseThrow();
    }

    /** {@return the password of its embedded database; empty if it has none} Its user is neo4j. */
    public String password() {
        try {
            return passwordFile.isPresent()
                    ? Files.readString(passwordFile.get()).strip()
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return by which drivers log in to its embedded database} */
    public AuthToken login() {
        return AuthTokens.basic("neo4j", password());
    }

    /** {@return the number of its process} */
    public long pid() {
        return process.pid();
    }

    /** {@return the answer to a GET} */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.ofString())
                .body());
    }

    /** {@return how many bytes the answer to a GET has, which has to go well} */
    public long sizeOf(String path) throws IOException, InterruptedException {
        var response = http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode());
        }
        return response.body().length;
    }

    /** {@return the answer to a POST of JSON, which has to go well} */
    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = tryPost(path, body);
        if (response.statusCode() >= 300) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** {@return the answer to a POST of JSON, whatever it is} */
    HttpResponse<String> tryPost(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** {@return the answer to a GET, whatever it is} */
    HttpResponse<String> tryGet(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** {@return with which code it ends by itself} */
    int awaitExit() throws InterruptedException {
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.waitFor();
    }

    /** As Ctrl-C does. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
