package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import interlock.http.FarEnd;
import interlock.neo4j.database.EmbeddedNeo4j.CannotStart;
import interlock.neo4j.database.EmbeddedNeo4j.Settings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.ClientException;

class EmbeddedNeo4jTest {
    @TempDir
    Path data;

    @Test
    void itAnswersCypherToWhoKnowsThePassword() throws Exception {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {

            assertThat(number(neo4j, "RETURN 42")).isEqualTo(42);
            assertThat(Files.readString(neo4j.passwordFile())).isEqualTo(neo4j.password() + "\n");
            for (var stranger : List.of(
                    AuthTokens.none(),
                    AuthTokens.basic("neo4j", "neo4j"),
                    AuthTokens.basic("neo4j", neo4j.password().toUpperCase(Locale.ROOT) + "x"))) {
                try (var driver = GraphDatabase.driver(neo4j.boltUri(), stranger)) {
                    assertThatThrownBy(driver::verifyConnectivity).isInstanceOf(AuthenticationException.class);
                }
            }
            assertThat(number(neo4j, "RETURN 42")).as("nobody is locked out").isEqualTo(42);
        }
    }

    @Test
    void nobodyElseOnThisMachineMayReadItsDirectory() throws Exception {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(neo4j.passwordFile())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void thePasswordStaysUntilItsFileIsLostOrEdited() throws Exception {
        String first;
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {
            first = neo4j.password();
        }
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {
            assertThat(neo4j.password()).isEqualTo(first);
            assertThat(number(neo4j, "RETURN 42")).isEqualTo(42);
            Files.delete(neo4j.passwordFile());
        }
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {
            assertThat(neo4j.password()).isNotEqualTo(first);
            assertThat(number(neo4j, "RETURN 42")).isEqualTo(42);
            Files.writeString(neo4j.passwordFile(), "correct horse");
        }
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {
            assertThat(neo4j.password()).isEqualTo("correct horse");
            assertThat(number(neo4j, "RETURN 42")).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "http://[::1]:%d/", "ftp://localhost:%d/x"})
    void cypherReadsNothingFromOtherMachines(String url) {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts());
                var end = FarEnd.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na\n")) {
            var load = "LOAD CSV FROM '%s' AS line RETURN count(line)".formatted(url.formatted(end.port()));

            assertThatThrownBy(() -> number(neo4j, load)).isInstanceOf(ClientException.class);
            assertThat(end.requests()).isEmpty();
        }
    }

    @Test
    void thereAreOnlyTheProceduresThatSomebodyNeeds() {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {

            assertThat(number(neo4j, "CALL db.labels() YIELD label RETURN count(label)"))
                    .isZero();
            assertThat(number(neo4j, "RETURN datetime().year - date().year + size(toString(randomUUID()))"))
                    .isEqualTo(36);
            assertThatThrownBy(() -> number(neo4j, "CALL dbms.listConfig() YIELD name RETURN count(name)"))
                    .hasMessageContaining("dbms.listConfig");
            assertThat(number(neo4j, "SHOW PROCEDURES YIELD name WHERE name STARTS WITH 'dbms' RETURN count(name)"))
                    .isLessThan(8);
        }
    }

    @Test
    void itServesNeo4jBrowserAndTellsItWhereBoltIs() throws Exception {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {

            var page = get(neo4j.browserUri());
            var discovery = get(neo4j.browserUri().resolve("/"));

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>Neo4j Browser</title>");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).doesNotContain("https:", ".io", ".com"));
            assertThat(discovery.body()).contains("\"bolt_direct\":\"%s\"".formatted(neo4j.boltUri()));
        }
    }

    @Test
    void itTellsNeo4jBrowserWhatToDoAndWhichGuidesItMayPlay() {
        try (var neo4j = EmbeddedNeo4j.start(
                new Settings(data, 0, 0, "play http://localhost:9322/guides/interlock.adoc", OptionalLong.empty()))) {

            assertThat(setting(neo4j, "browser.post_connect_cmd"))
                    .isEqualTo("play http://localhost:9322/guides/interlock.adoc");
            assertThat(setting(neo4j, "browser.remote_content_hostname_whitelist"))
                    .isEqualTo("localhost,127.0.0.1");
        }
    }

    @Test
    void httpRunsNoCypherAndCypherReadsNoFiles() throws Exception {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {

            assertThat(get(neo4j.browserUri().resolve("/db/neo4j/query/v2")).statusCode())
                    .isEqualTo(404);
            assertThatThrownBy(() -> number(neo4j, "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN count(line)"))
                    .hasMessageContaining("file");
        }
    }

    @Test
    void whatWasWrittenSurvivesKillMinusNine() throws Exception {
        var other = OtherProcess.holding(data);
        number(
                connect(
                        other.boltUri,
                        Files.readString(EmbeddedNeo4jPassword.file(data)).strip()),
                "CREATE (p:Plan {number: 7}) RETURN p.number");

        other.process.destroyForcibly().waitFor();

        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {
            assertThat(number(neo4j, "MATCH (p:Plan) RETURN p.number")).isEqualTo(7);
        }
    }

    @Test
    void theDataOfAnotherProcessAreInUse() throws Exception {
        var other = OtherProcess.holding(data);
        try {
            assertThatThrownBy(() -> EmbeddedNeo4j.start(anyPorts()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage(
                            "the database in %s is in use by another process; stop it, or choose another --data", data);
        } finally {
            other.process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theDataOfAnotherServerInThisProcessAreInUse() {
        try (var neo4j = EmbeddedNeo4j.start(anyPorts())) {

            assertThatThrownBy(() -> EmbeddedNeo4j.start(anyPorts()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is in use by another process");
            assertThat(number(neo4j, "RETURN 42")).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @CsvSource({"--bolt-port", "--browser-port"})
    void aPortInUseIsNamedWithItsOption(String option) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            var settings = option.equals("--bolt-port") ? new Settings(data, port, 0) : new Settings(data, 0, port);

            assertThatThrownBy(() -> EmbeddedNeo4j.start(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("port %d is in use (%s)", port, option);
        }

        EmbeddedNeo4j.start(anyPorts()).close();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        var file = Files.writeString(data.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedNeo4j.start(new Settings(file, 0, 0)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("cannot write to the directory %s; change its owner, or choose another --data", file);
    }

    @Test
    void aDamagedDatabaseIsNamedWithWhereToLook() throws Exception {
        EmbeddedNeo4j.start(anyPorts()).close();
        Files.write(data.resolve("databases/neo4j/neostore"), new byte[8192]);

        assertThatThrownBy(() -> EmbeddedNeo4j.start(anyPorts()))
                .isInstanceOf(CannotStart.class)
                .hasMessageMatching(
                        "the database in .* cannot be opened: .*; see .*/logs/debug.log, restore a copy, .*");
    }

    @Test
    void anOpenTransactionDoesNotKeepItFromClosing() {
        var neo4j = EmbeddedNeo4j.start(anyPorts());
        try (var driver = connect(neo4j.boltUri(), neo4j.password())) {
            driver.session().beginTransaction().run("CREATE (:Plan)").consume();

            assertTimeoutPreemptively(Duration.ofSeconds(30), neo4j::close);
        }
    }

    @Test
    void withoutItsLibrariesItSaysSo() throws Exception {
        var own = List.of(locationOf(EmbeddedNeo4j.class), locationOf(OtherProcess.class));

        var process =
                OtherProcess.java(String.join(File.pathSeparator, own), data).start();

        assertThat(process.inputReader().readAllAsString())
                .startsWith("the libraries of the embedded database are not installed");
        assertThat(process.errorReader().readAllAsString()).isEmpty();
    }

    private Settings anyPorts() {
        return new Settings(data, 0, 0);
    }

    private static Driver connect(URI boltUri, String password) {
        return GraphDatabase.driver(boltUri, AuthTokens.basic("neo4j", password));
    }

    private static int number(EmbeddedNeo4j neo4j, String cypher) {
        return number(connect(neo4j.boltUri(), neo4j.password()), cypher);
    }

    private static int number(Driver connected, String cypher) {
        try (var driver = connected;
                var session = driver.session()) {
            return session.run(cypher).single().get(0).asInt();
        }
    }

    private static String setting(EmbeddedNeo4j neo4j, String name) {
        try (var driver = connect(neo4j.boltUri(), neo4j.password());
                var session = driver.session()) {
            return session.run("SHOW SETTINGS $name YIELD value", Map.of("name", name))
                    .single()
                    .get("value")
                    .asString();
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private static String locationOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** A JVM of its own with the embedded server in it, until it is killed. */
    static final class OtherProcess {
        final Process process;
        final URI boltUri;

        private OtherProcess(Process process, URI boltUri) {
            this.process = process;
            this.boltUri = boltUri;
        }

        static OtherProcess holding(Path data) throws IOException {
            var process = java(System.getProperty("java.class.path"), data)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new OtherProcess(process, boltUri(process.inputReader()));
        }

        private static URI boltUri(BufferedReader output) {
            return output.lines()
                    .filter(line -> line.startsWith("bolt://"))
                    .map(URI::create)
                    .findFirst()
                    .orElseThrow();
        }

        static ProcessBuilder java(String classPath, Path data) {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--"))
                    .forEach(command::add);
            command.addAll(List.of("-cp", classPath, OtherProcess.class.getName(), data.toString()));
            return new ProcessBuilder(command);
        }

        public static void main(String[] arguments) throws IOException {
            try {
                var neo4j = EmbeddedNeo4j.start(new Settings(Path.of(arguments[0]), 0, 0));
                System.out.println(neo4j.boltUri());
                System.in.read();
            } catch (CannotStart failure) {
                System.out.println(failure.getMessage());
            }
        }
    }
}
