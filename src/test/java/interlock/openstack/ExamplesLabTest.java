package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example plans do on real Nova and Cinder what they do on the simulated cloud, with the names of things that are there. */
class ExamplesLabTest extends LabServiceFixture {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Map<String, String> QUICK = Map.of("lab_seconds", "1");

    private static String example(String name) throws Exception {
        try (InputStream in = ExamplesLabTest.class.getResourceAsStream("/examples/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> uuids(String example) {
        return List.copyOf(new TreeSet<>(
                UUID.matcher(example).results().map(found -> found.group()).toList()));
    }

    private static String with(String example, List<String> uuids, String... names) {
        String text = example;
        List<String> before = uuids(example);
        for (int place = 0; place < uuids.size(); place++) {
            text = text.replace(before.get(place), uuids.get(place));
        }
        for (int place = 0; place < names.length; place += 2) {
            text = text.replaceAll("\\b" + names[place] + "\\b", names[place + 1]);
        }
        return text;
    }

    private static ObjectNode read(String example) throws Exception {
        return (ObjectNode) new YAMLMapper().readTree(example);
    }

    @Test
    void aHostIsDrained() throws Exception {
        String example = example("drain-host.yaml");
        List<String> servers = cloud.boot(uuids(example).size(), "compute1", QUICK);
        ObjectNode plan = read(with(
                example, servers, "r1-h1", "compute1", "r1-h2", "compute2", "r1-h3", "compute3", "r1-h4", "compute3"));
        // the lab has no Ironic
        Iterator<JsonNode> actions = plan.withArray("actions").iterator();
        while (actions.hasNext()) {
            if (actions.next().path("action_type").asText().equals("change_node_power_state")) {
                actions.remove();
            }
        }

        String ended = service.run(plan);

        assertThat(service.state(ended)).as("%s", service.messages(ended)).isEqualTo("SUCCEEDED");
        assertThat(cloud.service("compute1").enabled()).isFalse();
        for (String server : servers) {
            assertThat(cloud.server(server).host()).isNotEqualTo("compute1");
        }
    }

    @Test
    void aFleetIsResizedOrNoneOfIt() throws Exception {
        String example = example("resize-fleet.yaml");
        List<String> servers = new ArrayList<>(cloud.boot(uuids(example).size() - 1, "compute1", QUICK));
        servers.addAll(cloud.boot(1, "compute2", Map.of("lab_seconds", "1", "lab_fail", "finish_migration")));

        String ended = service.run(read(with(example, servers, "medium", "m1.small", "small", "m1.tiny")));

        assertThat(service.state(ended)).as("%s", service.messages(ended)).isEqualTo("FAILED");
        for (String server : servers.subList(0, servers.size() - 1)) {
            assertThat(cloud.server(server))
                    .extracting(Server::flavor, Server::status)
                    .containsExactly("m1.tiny", "ACTIVE");
        }
    }

    @Test
    void aPoolIsEmptied() throws Exception {
        String example = example("empty-pool.yaml");
        List<String> volumes = new ArrayList<>();
        for (int i = 0; i < uuids(example).size(); i++) {
            volumes.add(cloud.volume(cloud.cinder().types().getFirst(), QUICK));
        }
        String target = cloud.poolOtherThan(cloud.volume(volumes.getFirst()).host());

        String ended = service.run(read(with(example, volumes, "block-2@ssd#ssd", target)));

        assertThat(service.state(ended)).as("%s", service.messages(ended)).isEqualTo("SUCCEEDED");
        for (String volume : volumes) {
            assertThat(cloud.volume(volume).host()).isEqualTo(target);
        }
    }
}
