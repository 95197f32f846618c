const text = (description: string): object => ({ type: "string", description, minLength: 1 });
/** Nothing in here has a default: a place that is not chosen is not there. */
const place = (description: string, required: readonly string[], properties: Record<string, object>): object => ({
  type: "object",
  description,
  required,
  properties,
  additionalProperties: false,
});
const bucket = text("Name of the bucket.");
const prefix = text("Directory of the states; `terraform` when left out.");
const key = text("Name of the state; the stack's and `.tfstate` when left out.");
const encrypt = { type: "boolean", description: "Whether the store encrypts the state." };
const lock = (values: readonly string[]): object => ({ type: "string", enum: values, description: "The lock." });

/** The settings' group `state`. What the texts have to look like, the library's helpers check. */
export const STATE_SCHEMA = {
  type: "object",
  description:
    "Where the state is kept, one of these. A local file when left out. Credentials come from the environment.",
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    oss: place("An OSS bucket with a Tablestore lock.", ["bucket", "region", "lock"], {
      bucket,
      region: text("Region of the bucket."),
      lock: place("The table that keeps two runs apart.", ["endpoint", "table"], {
        endpoint: text("Address of the Tablestore instance."),
        table: text("Name of the table; its one primary key is `LockID`, of type String."),
      }),
      prefix,
      key,
      encrypt,
      endpoint: text("Another address of OSS, e.g. the internal one."),
    }),
    s3: place("S3, or a store that speaks its protocol.", ["bucket", "region"], {
      bucket,
      region: text("Region of the bucket."),
      endpoint: text("Address of a store other than AWS."),
      prefix,
      key,
      pathStyle: { type: "boolean", description: "Whether the bucket is in the path of addresses." },
      lock: lock(["lockfile", "none"]),
      encrypt,
    }),
    http: place("A state server.", ["url"], {
      url: text("Address of the states; the stack's name is put behind it."),
      name: text("Name of the state; the stack's when left out."),
      lock: place("How the lock is asked for; LOCK and UNLOCK at the state's address when left out.", [], {
        path: text("Where the lock is, below the state's address."),
        lockMethod: text("Method that takes the lock."),
        unlockMethod: text("Method that gives it back."),
      }),
      updateMethod: text("Method a state is written with; POST when left out."),
    }),
    cloud: place(
      "HCP Terraform: plans and applies on its servers, so the gate refuses to run here.",
      ["organization"],
      {
        organization: text("Name of the organization."),
        workspace: text("Name of the workspace; the stack's when left out."),
        tags: {
          type: "array",
          items: text("Tag."),
          minItems: 1,
          description: "Tags of the workspaces, instead of a name.",
        },
        project: text("Project of the workspace."),
        hostname: text("Host of Terraform Enterprise."),
      },
    ),
  },
} as const;
