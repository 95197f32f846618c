/** The jobs that docs/pull-requests.md shows; a test compares both. */
export const GITLAB_JOBS = String.raw`anycast:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - npm ci
    - npx --no -- anycast setup
    - git fetch --quiet --depth=1 origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - >-
      npx --no -- anycast sandbox -- npx --no -- anycast plan --config-from FETCH_HEAD
      --output junit=anycast.xml --output codequality=quality.json --output gitlab-terraform=plan.json --output comment=note.md
  artifacts:
    when: always
    paths: [note.md]
    reports:
      junit: anycast.xml
      codequality: quality.json
      terraform: plan.json

anycast-note:
  image: node:22
  needs: [anycast]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $ANYCAST_NOTE_TOKEN
      when: always
  allow_failure: true
  variables: { GIT_STRATEGY: none }
  script:
    - |
      notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
      token="PRIVATE-TOKEN: $ANYCAST_NOTE_TOKEN"
      find='const mark = process.argv[1]; JSON.parse(require("fs").readFileSync(0)).find(({ body }) => body.startsWith(mark))?.id ?? ""'
      old="$(curl -fsS -H "$token" "$notes?order_by=created_at&sort=asc&per_page=100" | node -p "$find" "$(head -n 1 note.md)")"
      method="$([ -z "$old" ] && echo POST || echo PUT)"
      curl -fsS -o /dev/null -H "$token" -X "$method" --data-urlencode body@note.md "$notes${"$"}{old:+/$old}"
`;
