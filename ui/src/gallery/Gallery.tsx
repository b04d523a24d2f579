import { Link, useParams } from 'react-router';
import { Page } from '@/app/Page';
import { Shell } from '@/app/Shell';
import { exhibits, type Exhibit } from './exhibits';
import styles from './Gallery.module.css';
import { glass } from './fixtures/people';

const nothing = () => undefined;
const everyPath = () => true;

/** Every part and page with invented content, for looking at. Not part of the product. */
export function Component() {
  const { name } = useParams();
  const exhibit = name === undefined ? undefined : exhibits[name];
  return name && exhibit ? <Shown name={name} exhibit={exhibit} /> : <Index />;
}

function Shown({ name, exhibit }: { name: string; exhibit: Exhibit }) {
  if (!exhibit.session) return exhibit.show();
  return (
    <Shell
      session={exhibit.session}
      waits={{ todo: 6, late: 2, more: false }}
      glasses={exhibit.glass ? [glass] : []}
      open={everyPath}
      onPurpose={nothing}
      onSignOut={nothing}
      onSignInAgain={nothing}
      onRetry={nothing}
      onEndGlass={nothing}
    >
      {exhibit.part && <h1 className={styles.name}>{name}</h1>}
      {exhibit.show()}
    </Shell>
  );
}

function Index() {
  return (
    <Page narrow>
      <ul>
        {Object.keys(exhibits).map((name) => (
          <li key={name}>
            <Link to={`/gallery/${name}`}>{name}</Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
