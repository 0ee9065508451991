package interlock.openstack;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on the lab's cloud. */
abstract class LabServiceFixture extends LabFixture {
    LabService service;

    @BeforeAll
    void start(Lab lab, @TempDir Path folder) throws Exception {
        service = new LabService(folder, lab.clouds());
    }

    @AfterAll
    void stop() {
        service.close();
    }
}
