package interlock.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to pages of other origins, on the wire, because a Java client would not send such requests. */
class RequestGuardTest {
    @AutoClose
    private static final FrontServer service = new FrontServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app.js",
                "/style.css",
                "/webjars/swagger-ui/",
                "/health/live",
                "/v1/action_plans",
                "/action_plans",
                "/nothing"
            })
    void nothingIsAnsweredUnderANameOfSomebodyElse(String path) throws IOException {
        assertThat(status("GET", path, "evil.example:" + port())).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.example:9322",
                "127.0.0.1.evil.example",
                "127.0.0.1@evil.example",
                "localhost:port",
                "[::1",
                "::1",
                "[localhost]",
                "[]"
            })
    void aHostThatIsNoOwnNameAndNoAddressIsMisdirected(String host) throws IOException {
        assertThat(status("GET", "/health/live", host)).isIn(421, 400);
        assertThat(status("POST", "/v1/action_plans", host, "Content-Type: application/json"))
                .isIn(421, 400);
    }

    @Test
    void aMisdirectedRequestIsToldWhatToDo() throws IOException {
        assertThat(service.raw("GET", "/v1/action_plans", "evil.example", List.of(), ""))
                .contains("421 Misdirected Request", "application/problem+json", "--public-url", "faultstring");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:1",
                "LOCALHOST:9322",
                "localhost.",
                "127.0.0.1",
                "127.0.0.1:9322",
                "192.0.2.7:80",
                "[::1]:9322",
                "[2001:db8::7]",
                "this-machine:9322"
            })
    void ownNamesAndAddressesAreAnswered(String host) throws IOException {
        assertThat(status("GET", "/health/live", host)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'Origin: http://evil.example'
            'Origin: https://evil.example'
            'Origin: null'
            'Origin: http://localhost:1'
            'Origin: http://localhost.evil.example:{port}'
            'Origin: file://'
            'Origin: http://localhost:{port}/'
            'Sec-Fetch-Site: cross-site'
            'Sec-Fetch-Site: same-site'
            'Sec-Fetch-Site: whatever'
            """)
    void aForeignPageChangesNothing(String header) throws IOException {
        int before = service.changes();

        for (var request : List.of(
                "POST /v1/action_plans",
                "POST /v1/audits",
                "POST /v1/action_plans/7/start",
                "PATCH /v1/action_plans/7",
                "DELETE /v1/action_plans/7",
                "POST /nothing",
                "BREW /v1/action_plans")) {
            var parts = request.split(" ");
            assertThat(status(parts[0], parts[1], own(), withPort(header)))
                    .as(request)
                    .isEqualTo(403);
        }
        assertThat(service.changes()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'Origin: http://localhost:{port}'     , localhost:{port}
            'Origin: http://LOCALHOST:{port}'     , localhost:{port}
            'Origin: https://localhost:{port}'    , localhost:{port}
            'Origin: http://localhost'            , localhost
            'Origin: http://localhost'            , localhost:80
            'Origin: http://[::1]:{port}'         , [::1]:{port}
            'Sec-Fetch-Site: same-origin'         , localhost:{port}
            'Sec-Fetch-Site: none'                , localhost:{port}
            """)
    void theOwnPageChangesWhatItLikes(String header, String host) throws IOException {
        assertThat(status("DELETE", "/v1/action_plans/7", withPort(host), withPort(header)))
                .isEqualTo(201);
    }

    @Test
    void aForeignPageMayAskForWhatItsBrowserWillNotShowIt() throws IOException {
        assertThat(status("GET", "/health/live", own(), "Origin: http://evil.example", "Sec-Fetch-Site: cross-site"))
                .isEqualTo(200);
    }

    @Test
    void namesOfThePublicUrlAreOwnNames() {
        var guard = new RequestGuard(
                "0.0.0.0", "node-7.rack.example", List.of(URI.create("https://interlock.example:8443")));

        for (var host : List.of("interlock.example", "node-7", "node-7.rack.example:9322", "10.0.0.7:9322")) {
            assertThatNoException().isThrownBy(() -> guard.check("GET", Map.of("Host", host)::get));
        }
        assertThatThrownBy(() -> guard.check("GET", Map.of("Host", "rack.example")::get))
                .isInstanceOf(Problem.class);
    }

    @Test
    void theOriginOfThePublicUrlIsAnOwnOneBehindAProxyThatNamesTheServiceByItsAddress() {
        var guard = new RequestGuard("127.0.0.1", "node-7", List.of(URI.create("https://interlock.example")));

        assertThatNoException()
                .isThrownBy(() -> guard.check(
                        "POST", Map.of("Host", "127.0.0.1:9322", "Origin", "https://interlock.example")::get));
        assertThatThrownBy(() -> guard.check(
                        "POST", Map.of("Host", "127.0.0.1:9322", "Origin", "https://interlock.example:8443")::get))
                .isInstanceOf(Problem.class);
    }

    private static int port() {
        return service.port();
    }

    private static String own() {
        return "localhost:" + port();
    }

    private static String withPort(String text) {
        return text.replace("{port}", String.valueOf(port()));
    }

    private static int status(String method, String path, String host, String... headers) throws IOException {
        return Integer.parseInt(
                service.raw(method, path, host, List.of(headers), "").split(" ", 3)[1]);
    }
}
