package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.api.Failure;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.ScriptedCloud.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeystoneTest extends EndpointFixture {
    private JsonNode authentication() {
        return server.requests("POST /v3/auth/tokens").getFirst().body().path("auth");
    }

    @Test
    void aPasswordIsGivenToKeystoneAndItsTokenToNova() throws Exception {
        server.on(LISTED, Answer.of(200, "{\"servers\": []}").with("x-openstack-request-id", "req-1"));

        Reply reply = send(LIST);

        assertThat(reply).isEqualTo(new Reply(JSON.readTree("{\"servers\": []}"), "req-1"));
        assertThat(authentication()).isEqualTo(JSON.readTree("""
                        {"identity": {"methods": ["password"], "password": {"user":
                          {"name": "ada", "domain": {"id": "default"}, "password": "sesame"}}},
                         "scope": {"project": {"name": "engine", "domain": {"id": "default"}}}}"""));
        var request = server.requests(LISTED).getFirst();
        assertThat(request.header("X-auth-token")).isEqualTo("token-1");
        assertThat(request.header("Openstack-api-version")).isEqualTo("compute 2.60");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auth_type': 'v3applicationcredential', 'auth': {'application_credential_id': 'c', "
                        + "'application_credential_secret': 's', 'project_name': 'passed over'} | "
                        + "{'identity': {'methods': ['application_credential'], "
                        + "'application_credential': {'id': 'c', 'secret': 's'}}}",
                "'auth': {'application_credential_name': 'c', 'username': 'ada', 'user_domain_name': 'd', "
                        + "'application_credential_secret': 's'} | "
                        + "{'identity': {'methods': ['application_credential'], 'application_credential': "
                        + "{'name': 'c', 'user': {'name': 'ada', 'domain': {'name': 'd'}}, 'secret': 's'}}}",
                "'auth_type': 'token', 'auth': {'token': 't', 'project_id': 'p'} | "
                        + "{'identity': {'methods': ['token'], 'token': {'id': 't'}}, 'scope': {'project': {'id': 'p'}}}",
                "'username': 'ada', 'password': 'p', 'tenant_name': 'engine', 'domain_name': 'd' | "
                        + "{'identity': {'methods': ['password'], 'password': {'user': "
                        + "{'name': 'ada', 'domain': {'name': 'd'}, 'password': 'p'}}}, "
                        + "'scope': {'project': {'name': 'engine', 'domain': {'name': 'd'}}}}",
                "'user_id': 'u', 'password': 'p', 'system_scope': 'all' | "
                        + "{'identity': {'methods': ['password'], 'password': {'user': {'id': 'u', 'password': 'p'}}}, "
                        + "'scope': {'system': {'all': true}}}",
            })
    void keystoneIsConvincedInEveryWay(String options, String expected) throws Exception {
        clouds = clouds("{'auth_url': '%s', %s}".formatted(server.url(""), options));
        server.on(LISTED, 200, "{}");

        send(LIST);

        assertThat(authentication()).isEqualTo(JSON.readTree(expected.replace('\'', '"')));
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        server.on(STOPPED, Answer.of(401, ""), Answer.of(202, ""));

        send(STOP);

        assertThat(server.requests(STOPPED))
                .extracting(request -> request.header("X-auth-token"))
                .containsExactly("token-1", "token-2");
    }

    @Test
    void aTokenThatIsRefusedAgainIsNotRenewedForEver() {
        server.on(LISTED, 401, "{\"error\": {\"message\": \"Unauthorized\"}}");

        CloudException refused = refused(LIST);

        assertThat(refused.kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
        assertThat(server.requests(LISTED)).hasSize(2);
    }

    @Test
    void aWrongPasswordIsSaidAndNotTriedAgainAtOnce() {
        server.on(
                "POST /v3/auth/tokens",
                Answer.of(401, "{\"error\": {\"message\": \"The request you have made requires authentication.\"}}")
                        .with("x-openstack-request-id", "req-9"));

        CloudException refused = refused(LIST);
        refused(LIST);

        assertThat(refused.failure())
                .isEqualTo(
                        Failure.permanent("Keystone at %s does not accept the password of user 'ada' of cloud 'lab': "
                                        .formatted(server.url("/v3"))
                                + "The request you have made requires authentication. (request req-9)"));
        assertThat(server.requests("POST /v3/auth/tokens")).hasSize(1);
        clock.sleep(Duration.ofMinutes(1));
        refused(LIST);
        assertThat(server.requests("POST /v3/auth/tokens")).hasSize(2);
    }
}
