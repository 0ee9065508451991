package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.openstack.CloudException.Kind;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private Path authority;
    private SSLContext tls;

    /** The JDK's own keytool makes the certificate: there is no public API that does. */
    @BeforeEach
    void makeCertificate() throws Exception {
        Path store = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        authority = directory.resolve("ca.pem");
        Files.writeString(
                authority,
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("server").getEncoded())));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
    }

    private Reply ask(ScriptedCloud server, String options) throws Exception {
        var document = new ObjectMapper()
                .readTree("{\"auth_url\": \"%s\", \"username\": \"a\", \"password\": \"b\"%s}"
                        .formatted(server.url(""), options));
        var clock = new WaitingClock();
        try (var clouds = new Clouds(
                new CloudDocuments(Map.of("lab", document), Optional.of("lab"), ""),
                new Environment(clock, () -> 0, RetrySettings.USUAL))) {
            return clouds.cloud(null).endpoint(ServiceType.COMPUTE).send(Call.get("/servers"), clock);
        }
    }

    @Test
    void anAuthorityOfOnesOwnIsTrusted() throws Exception {
        try (var server = new ScriptedCloud(tls)) {
            server.on("GET /nova/v2.1/servers", 200, "{\"servers\": []}");

            assertThat(ask(server, ", \"cacert\": \"%s\"".formatted(authority))
                            .body()
                            .has("servers"))
                    .isTrue();
            assertThat(ask(server, ", \"verify\": false").body().has("servers")).isTrue();
        }
    }

    @Test
    void anUnknownAuthorityIsNotAndThatIsSaidAtOnce() throws Exception {
        try (var server = new ScriptedCloud(tls)) {
            assertThatThrownBy(() -> ask(server, ""))
                    .hasMessageContaining("no trusted connection to localhost:")
                    .hasMessageContaining("cacert")
                    .hasMessageNotContaining("tried")
                    .extracting(e -> ((CloudException) e).kind())
                    .isEqualTo(Kind.MISCONFIGURED);
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        try (var server = new ScriptedCloud(tls)) {
            assertThatThrownBy(() -> ask(server, ", \"cacert\": \"%s\"".formatted(empty)))
                    .hasMessageStartingWith("cacert: cannot read certificates from " + empty);
        }
    }
}
