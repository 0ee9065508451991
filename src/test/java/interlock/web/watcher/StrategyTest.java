package interlock.web.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goals, strategies, scoring engines and services. */
@ExtendWith(RunningService.Shared.class)
class StrategyTest {
    private final RunningService service;

    StrategyTest(RunningService service) {
        this.service = service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"goals", "strategies"})
    void goalsAndStrategiesAreFoundByUuidAndByName(String list) {
        for (var one : service.get("/v1/" + list).json().path(list)) {
            var byName = service.get(
                            "/v1/%s/%s".formatted(list, one.path("name").asText()))
                    .json();
            var byUuid = service.get(
                            "/v1/%s/%s".formatted(list, one.path("uuid").asText()))
                    .json();

            assertThat(byName).isEqualTo(byUuid);
            assertThat(byName.path("uuid")).isEqualTo(one.path("uuid"));
            assertThat(service.get("/v1/%s/detail".formatted(list)).json().path(list))
                    .contains(byName);
        }
        assertThat(service.get("/v1/" + list + "?sort_key=name").each(list, "name"))
                .isSorted();
        assertThat(service.get("/v1/" + list + "?limit=1").json().has("next")).isTrue();
        assertThat(service.get("/v1/%s/nobodys".formatted(list)).status()).isEqualTo(404);
    }

    @Test
    void strategiesTellWhatTheyAreFor() {
        assertThat(service.get("/v1/strategies?goal=unclassified").each("strategies", "name"))
                .containsExactly("actuator");
        assertThat(service.get("/v1/strategies/dummy")
                        .json()
                        .at("/parameters_spec/properties")
                        .has("para1"))
                .isTrue();
    }

    @Test
    void theDummyScoringEngineIsListed() {
        var engines = service.get("/v1/scoring_engines").json().path("scoring_engines");

        assertThat(engines).singleElement().satisfies(it -> {
            assertThat(it.path("name").asText()).isEqualTo("dummy_scorer");
            assertThat(service.get("/v1/scoring_engines/dummy_scorer").json()).isEqualTo(it);
            assertThat(service.get("/v1/scoring_engines/" + it.path("uuid").asText())
                            .json())
                    .isEqualTo(it);
        });
        assertThat(service.get("/v1/scoring_engines/detail").json().path("scoring_engines"))
                .isEqualTo(engines);
        assertThat(service.get("/v1/scoring_engines/nobodys").status()).isEqualTo(404);
        assertThat(service.get("/v1/scoring_engines?sort_key=colour").status()).isEqualTo(400);
        var next =
                service.get("/v1/scoring_engines?limit=1").json().path("next").asText();
        assertThat(service.get(next.substring(service.uri().toString().length()))
                        .each("scoring_engines", "name"))
                .isEmpty();
    }

    @Test
    void aStrategySaysWhatItNeeds() {
        var needs = service.get("/v1/strategies/dummy/state").json();

        assertThat(needs)
                .extracting(need -> need.path("type").asText())
                .containsExactly("Datasource", "Metrics", "CDM", "Name");
        assertThat(needs.at("/3/state").asText()).isEqualTo("dummy");
        assertThat(needs).noneMatch(need -> need.path("mandatory").asBoolean());
        assertThat(service.get("/v1/strategies/nobodys/state").status()).isEqualTo(404);
    }

    @Test
    void aStrategyThatNeedsAModelOfTheClusterSaysThatThereIsNone() {
        var needs = service.get("/v1/strategies/basic/state").json();
        var created = service.post("/v1/audits", "{\"audit_type\": \"ONESHOT\", \"goal\": \"server_consolidation\"}");
        var audit = service.get("/v1/audits/" + created.json().path("uuid").asText())
                .json();

        assertThat(needs.at("/2/type").asText()).isEqualTo("CDM");
        assertThat(needs.at("/2/mandatory").asBoolean()).isTrue();
        assertThat(needs.at("/2/state/0/compute_model").asText()).isEqualTo("not available");
        assertThat(audit.path("state").asText()).isEqualTo("FAILED");
        assertThat(audit.path("status_message").asText()).contains("'basic' needs a model of the cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watcher-decision-engine", "watcher-applier"})
    void theDecisionEngineAndTheApplierAreListedAsServices(String name) {
        var services = service.get("/v1/services/detail").json().path("services");

        assertThat(services)
                .hasSize(2)
                .filteredOn(it -> it.path("name").asText().equals(name))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path("status").asText()).isEqualTo("ACTIVE");
                    assertThat(service.get("/v1/services/" + it.path("id").asText())
                                    .json()
                                    .path("name")
                                    .asText())
                            .isEqualTo(name);
                    assertThat(service.get("/v1/services/" + name).json().path("id"))
                            .isEqualTo(it.path("id"));
                });
        assertThat(service.get("/v1/services").json().at("/services/0").has("last_seen_up"))
                .isFalse();
        assertThat(service.get("/v1/services/77").status()).isEqualTo(404);
    }
}
