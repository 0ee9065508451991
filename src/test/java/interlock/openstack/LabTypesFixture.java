package interlock.openstack;

import org.junit.jupiter.api.BeforeAll;

/** The action types on the lab's cloud. */
abstract class LabTypesFixture extends LabFixture {
    Nova nova;
    LabTypes types;

    @BeforeAll
    void load() throws Exception {
        nova = cloud.nova();
        types = LabTypes.on(cloud);
    }
}
