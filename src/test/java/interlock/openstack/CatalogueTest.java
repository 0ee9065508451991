package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest extends EndpointFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'region_name': 'south' | COMPUTE | /south/v2.1",
                "'region_name': 'north', 'interface': 'internal' | COMPUTE | /internal/v2.1",
                "'region_name': 'north', 'endpoint_type': 'internalURL' | COMPUTE | /internal/v2.1",
                "'regions': ['south', 'north'] | COMPUTE | /south/v2.1",
                "'rate_limit': 5 | COMPUTE | /nova/v2.1",
                "'compute_interface': 'internal' | COMPUTE | /internal/v2.1",
                "'region_name': 'north' | BLOCK_STORAGE | /cinder/v3/p",
                "'region_name': 'north' | BAREMETAL | /ironic/v1",
            })
    void theCatalogueIsSearchedByTypeInterfaceAndRegion(String options, ServiceType service, String path)
            throws Exception {
        clouds = clouds("{'auth_url': '%s', 'username': 'a', 'password': 'b', %s}".formatted(server.url(""), options));
        server.on("GET %s/servers".formatted(path), 200, "{}");

        clouds.cloud("lab").endpoint(service).send(LIST, clock);

        assertThat(server.lines()).containsExactly("GET %s/servers".formatted(path));
    }

    @Test
    void whatTheCatalogueDoesNotHaveIsNamedWithWhatItHas() throws Exception {
        clouds = clouds("{'auth_url': '%s', 'username': 'a', 'password': 'b', 'region_name': 'west'}"
                .formatted(server.url("")));

        assertThatThrownBy(() -> send(LIST))
                .hasMessageStartingWith("cloud 'lab' has no endpoint compute public in west; its catalogue has: "
                        + "compute internal in north, compute public in north, compute public in south, volumev3");
    }

    @Test
    void anEndpointAndAMicroversionMayBeSetByHand() throws Exception {
        clouds =
                clouds(("{'auth_url': '%1$s', 'username': 'a', 'password': 'b', 'compute_endpoint_override': '%1$s/x', "
                                + "'compute_default_microversion': '2.90', 'baremetal_default_microversion': '1.80'}")
                        .formatted(server.url("")));
        server.on("GET /x/v2.1/servers", 200, "{}").on("GET /ironic/v1/nodes", 200, "{}");

        send(LIST);
        clouds.cloud("lab").endpoint(ServiceType.BAREMETAL).send(Call.get("/nodes"), clock);

        assertThat(server.requests("GET /x/v2.1/servers").getFirst().header("Openstack-api-version"))
                .isEqualTo("compute 2.90");
        assertThat(server.requests("GET /ironic/v1/nodes").getFirst().header("X-openstack-ironic-api-version"))
                .isEqualTo("1.80");
    }
}
