package io.imageaudit.benchmark.gateway.tutorial;

import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

/** The rows. */
interface TutorialAudits extends CrudRepository<TutorialAudit, UUID> {}
