package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CloudDocuments find(Map<String, String> environment) {
        return find(environment, MissingNode.getInstance());
    }

    private CloudDocuments find(Map<String, String> environment, JsonNode configured) {
        return new CloudFiles(environment, root.resolve("work"), root.resolve("home"), root.resolve("site"))
                .find(configured);
    }

    @ParameterizedTest
    @CsvSource({
        "work/clouds.yaml, home/.config/openstack/clouds.yaml",
        "work/clouds.yml, home/.config/openstack/clouds.yaml",
        "home/.config/openstack/clouds.yaml, site/clouds.yaml",
        "site/clouds.yaml, elsewhere/clouds.yaml"
    })
    void theFirstFileCounts(String first, String second) throws IOException {
        write(first, "clouds: {right: {}}");
        write(second, "clouds: {wrong: {}}");

        assertThat(find(Map.of()).byName()).containsOnlyKeys("right");
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        write("elsewhere/mine.yaml", "clouds: {right: {}}");
        write("work/clouds.yaml", "clouds: {wrong: {}}");

        var found = find(Map.of(
                "OS_CLIENT_CONFIG_FILE", root.resolve("elsewhere/mine.yaml").toString()));

        assertThat(found.byName()).containsOnlyKeys("right");
        assertThat(found.chosen()).contains("right");
    }

    @Test
    void secretsAndProfilesLieInFilesOfTheirOwn() throws Exception {
        write("work/clouds.yaml", """
                clouds:
                  north: &north
                    profile: vendor
                    region_name: n
                    auth: {username: ada, project_name: engine}
                  south:
                    <<: *north
                    region_name: s
                """);
        write("home/.config/openstack/secure.yaml", "clouds: {north: {auth: {password: sesame}}}");
        write("site/clouds-public.yaml", "public-clouds: {vendor: {region_name: v, auth: {auth_url: 'http://k'}}}");

        var clouds = find(Map.of("OS_CLOUD", "south"));

        assertThat(clouds.byName().get("north")).isEqualTo(JSON.readTree("""
                        {"region_name": "n", "profile": "vendor", "auth": {"auth_url": "http://k", "username": "ada",
                         "project_name": "engine", "password": "sesame"}}"""));
        assertThat(String.valueOf(
                        clouds.byName().get("south").path("region_name").asText()))
                .isEqualTo("s");
        assertThat(clouds.byName().get("south").path("auth").has("password")).isFalse();
        assertThat(clouds.chosen()).contains("south");
        assertThat(clouds).hasToString("CloudDocuments[north, south]");
    }

    @Test
    void variablesMakeACloudUnlessTheyOnlyChooseOne() throws IOException {
        write("work/clouds.yaml", "clouds: {north: {}, south: {}}");

        assertThat(find(Map.of("OS_CLOUD", "north", "OS_REGION_NAME", "n")).byName())
                .containsOnlyKeys("north", "south");
        assertThat(find(Map.of()).chosen()).isEmpty();
        var variables = find(Map.of("OS_AUTH_URL", "http://k", "OS_PASSWORD", "sesame"));
        assertThat(variables.byName()).containsOnlyKeys("north", "south", "envvars");
        assertThat(variables.chosen()).contains("envvars");
        assertThat(find(Map.of("OS_AUTH_URL", "http://k", "OS_CLOUD", "north")).chosen())
                .contains("north");
    }

    @Test
    void theServicesOwnConfigurationStandsInForTheFile() throws Exception {
        write("work/clouds.yaml", "clouds: {wrong: {}}");
        write("work/secure.yaml", "clouds: {right: {auth: {password: sesame}}}");

        var found = find(Map.of(), JSON.readTree("{\"right\": {\"auth\": {\"username\": \"ada\"}}}"));

        assertThat(found.byName())
                .isEqualTo(Map.of(
                        "right", JSON.readTree("{\"auth\": {\"username\": \"ada\", \"password\": \"sesame\"}}")));
    }

    @Test
    void aFileThatIsNoYamlIsNamedWithoutBeingShown() throws IOException {
        write("work/clouds.yaml", "clouds:\n  north: {password: sesame\n");

        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(CloudFiles.Unreadable.class)
                .hasMessageStartingWith(root.resolve("work/clouds.yaml") + ": line 3: ")
                .hasMessageNotContaining("sesame");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | auth.username is missing",
                "{'auth': {'username': 'a'}} | auth.password is missing",
                "{'auth': {'username': 'a', 'password': 'b'}} | auth.auth_url is missing",
                "{'auth': {'username': 'a', 'password': 'b', 'auth_url': 'k'}} | "
                        + "auth_url must be a URL with http:// or https:// and a host",
                "{'auth': {'username': 'a', 'password': 'b', 'auth_url': 'http://u:sesame@k'}} | "
                        + "auth_url must not contain a user; use the options username and password",
                "{'auth_type': 'v3oidc'} | "
                        + "unknown auth_type 'v3oidc'; known: password, v3applicationcredential, token",
                "{'auth': {'username': 'a', 'password': 'b', 'auth_url': 'http://k'}, 'compute_api_version': '2.40'} | "
                        + "compute_default_microversion must be 2.56 or later, not '2.40'",
                "{'auth': {'username': 'a', 'password': 'b', 'auth_url': 'http://k'}, 'interface': 'secret'} | "
                        + "interface must be public, internal or admin, not 'secret'",
                "{'cert': 'x'} | cert and key: client certificates are not supported",
            })
    void whatIsMissingOrWrongIsNamed(String document, String message) {
        assertThatThrownBy(() -> CloudReader.read("north", JSON.readTree(document.replace('\'', '"'))))
                .hasMessage("cloud 'north': " + message);
    }

    @Test
    void whereCloudsWereSoughtIsSaid() {
        assertThat(find(Map.of("OS_CLIENT_CONFIG_FILE", "mine.yaml")).sought())
                .isEqualTo("'clouds' of the configuration file, mine.yaml, %1$s/work/clouds.yaml, ".formatted(root)
                        + "%1$s/home/.config/openstack/clouds.yaml, %1$s/site/clouds.yaml, the environment (OS_AUTH_URL and so on)"
                                .formatted(root));
    }

    @Test
    void whichCloudIsMeantHasToBeKnown() throws Exception {
        try (var none = new Clouds(CloudDocuments.NONE, new WaitingClock(), () -> 0);
                var two = new Clouds(
                        new CloudDocuments(
                                Map.of("a", JSON.readTree("{}"), "b", JSON.readTree("{}")), Optional.empty(), ""),
                        new WaitingClock(),
                        () -> 0)) {
            assertThatThrownBy(() -> none.cloud(null)).hasMessage("no cloud is configured; searched: nowhere");
            assertThatThrownBy(() -> two.cloud(null))
                    .hasMessage("no cloud is selected: set OS_CLOUD, or 'cloud' in input_parameters; "
                            + "configured: a, b");
            assertThatThrownBy(() -> two.cloud("c")).hasMessage("unknown cloud 'c'; configured: a, b");
        }
    }
}
