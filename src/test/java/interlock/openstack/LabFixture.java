package interlock.openstack;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lab's cloud for the tests of one class. After each test the cloud is as it was. */
@Tag("openstack")
@ExtendWith(Lab.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LabFixture {
    LabCloud cloud;

    @BeforeAll
    void connect(Lab lab) throws Exception {
        cloud = new LabCloud(lab);
    }

    @AfterAll
    void disconnect() {
        cloud.close();
    }

    @AfterEach
    void restore() throws Exception {
        cloud.restore();
    }

    String boot(String... metadata) throws Exception {
        return cloud.boot(metadata.length == 0 ? Map.of() : Map.of(metadata[0], metadata[1]));
    }

    Server server(String id) throws Exception {
        return cloud.server(id);
    }
}
