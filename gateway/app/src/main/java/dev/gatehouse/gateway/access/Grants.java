package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Permits;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import java.util.List;

/** In which projects users may use which models. */
public interface Grants {

    /** Most projects that are told. */
    int MOST = 200;

    /**
     * A project that a user may use.
     *
     * @param permits for which models
     */
    record Granted(ProjectId project, String name, Permits permits) {}

    /** What the user may use: a developer what it was granted, others who use models all that they see, by name. */
    List<Granted> of(Actor actor);
}
