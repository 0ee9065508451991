package interlock.openstack.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import interlock.action.ActionTypes;
import interlock.api.Failure;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.openstack.CloudDocuments;
import interlock.openstack.Clouds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenStackTypesTest extends CloudActionFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a'}",
                "migrate | {'resource_id': '$', 'migration_type': 'cold', 'source_node': 'a', 'destination_node': null}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'destination_node': 'b', "
                        + "'resource_name': 'vm', 'cloud': 'north'}",
                "resize | {'resource_id': '$', 'flavor': 'm1.small'}",
                "stop | {'resource_id': '$'}",
                "start | {'resource_id': '$'}",
                "change_nova_service_state | {'resource_id': 'a', 'state': 'disabled', 'disabled_reason': 'x'}",
                "change_node_power_state | {'resource_id': 'n', 'state': 'off', 'resource_name': 'a'}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'migrate', 'destination_node': 'h@b#p', "
                        + "'destination_type': null}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'retype', 'destination_type': 'slow'}",
            })
    void watchersParametersPass(String type, String parameters) {
        assertThat(faults(type, parameters)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "migrate | {'resource_id': 'a', 'migration_type': 'live', 'source_node': 'a'}",
                "migrate | {'resource_id': '$', 'migration_type': 'warm', 'source_node': 'a'}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': ''}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'destination_node': ''}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'destination_node': 5}",
                "migrate | {'resource_id': '$', 'migration_type': 'live'}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'other': 1}",
                "resize | {'resource_id': '$', 'flavor': ''}",
                "change_nova_service_state | {'resource_id': 'a', 'state': 'off'}",
                "change_nova_service_state | {'state': 'enabled'}",
                "change_node_power_state | {'resource_id': 'n', 'state': 'up'}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'migrate', 'destination_type': 'slow'}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'swap', 'destination_node': null}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'retype', 'destination_node': 'h@b#p'}",
            })
    void whatCannotBeIsRefusedWhenThePlanIsMade(String type, String parameters) {
        assertThat(faults(type, parameters)).isPositive();
    }

    private int faults(String type, String parameters) {
        return types.find(type)
                .orElseThrow()
                .schema()
                .validate(parameters.replace('\'', '"').replace("$", ID), InputFormat.JSON)
                .size();
    }

    @Test
    void withoutACloudPlansCanBeMadeButNothingRuns() throws Exception {
        types = new ActionTypes(OpenStackTypes.on(new Clouds(CloudDocuments.NONE, clock, () -> 0)));

        assertThat(types.names())
                .containsExactly(
                        "change_node_power_state",
                        "change_nova_service_state",
                        "migrate",
                        "resize",
                        "start",
                        "stop",
                        "volume_migrate");
        assertThat(type("stop").execute(told(Map.of("resource_id", ID))))
                .isEqualTo(Result.failed(Failure.permanent("no cloud is configured; searched: nowhere")));
    }

    @Test
    void aMigrationTakesUnitsOfItsInstanceAndOfBothHosts() {
        Map<String, Object> parameters = new HashMap<>(
                Map.of("resource_id", ID, "migration_type", "live", "source_node", "one", "destination_node", "two"));

        assertThat(type("migrate").uses(parameters))
                .extracting(ResourceUse::resource)
                .containsExactly(
                        new ResourceKey("instance", ID),
                        new ResourceKey("compute_host", "one"),
                        new ResourceKey("compute_host", "two"));
        parameters.put("cloud", "north");
        assertThat(type("migrate").uses(parameters).getLast().resource()).hasToString("compute_host/north/two");
        assertThat(type("volume_migrate").uses(Map.of("resource_id", ID, "destination_node", "h@b#p")))
                .extracting(use -> use.resource().toString())
                .containsExactly("volume/" + ID, "pool/h@b#p");
    }

    @Test
    void anAttemptThatHasNotBegunIsAborted() throws Exception {
        assertThat(type("stop").abort(told(Map.of("resource_id", ID)))).isTrue();
    }
}
